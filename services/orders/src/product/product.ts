import { create } from '@bufbuild/protobuf'
import { ProductChangedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type Aggregate, type Decision, type ExternalRef, formatRate, type Rate } from '@saleswright/kernel'

/** What is sold (R169). */
export type Product = Aggregate & {
  readonly sku: string
  readonly name: string
  readonly series?: string
  /** Unit of measure: 件, kg. */
  readonly uom: string
  /** Decimals of its quantities: 0 for what is sold by the piece, up to 3 for what is measured. */
  readonly quantityDecimals: number
  readonly taxRate: Rate
  /** Whether orders reserve stock of it. */
  readonly stocked: boolean
  readonly active: boolean
  /** When the store last changed it: other replicas ask for what changed since. */
  readonly changedAt: Date
  readonly externalRef?: ExternalRef
}

type Facts = Omit<Product, 'version' | 'active'>
/** A series of null is one that the product no longer has. */
export type ProductChanges = Partial<Pick<Product, 'name' | 'taxRate' | 'stocked' | 'active'>> & {
  readonly series?: string | null | undefined
}

export const createProduct = (facts: Facts): Decision<Product> => changed({ ...facts, version: 0, active: true })

/** The orders that were taken before keep their names and tax rates. */
export const updateProduct = (product: Product, changes: ProductChanges, changedAt: Date): Decision<Product> => {
  const { series: known, ...rest } = product
  const { series = known, ...told } = changes
  const next: Product = { ...rest, ...told, changedAt, ...(series != null && { series }) }
  return factsOf(next) === factsOf(product) ? { next: product, events: [] } : changed(next)
}

const factsOf = ({ name, series = '', taxRate, stocked, active }: Product): string =>
  JSON.stringify([name, series, formatRate(taxRate), stocked, active])

const changed = (product: Product): Decision<Product> => {
  const { id, sku, name, series, uom, quantityDecimals, taxRate, stocked, active } = product
  const event = create(ProductChangedSchema, {
    productId: id,
    sku,
    name,
    uom,
    quantityDecimals,
    taxRate: formatRate(taxRate),
    stocked,
    active,
    ...(series !== undefined && { series }),
  })
  return { next: product, events: [event] }
}
