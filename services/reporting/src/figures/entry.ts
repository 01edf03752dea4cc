import type { BusinessDate } from '@saleswright/kernel'

/** How an amount divides by product: in proportion to the weights, which are not below zero. */
export type Part = { readonly sku: string; readonly weight: bigint }

/** What an entry is made of, and where it can be read. */
type SourceDocument = {
  readonly kind:
    | 'order'
    | 'shipment'
    | 'collection'
    | 'opportunity'
    | 'lead'
    | 'receivable'
    | 'target'
    | 'commission_line'
  readonly path: string
}

/** What a document adds to the figures of a report. Amounts are in the smallest unit of `currency`; what is unknown is left out. */
export type Entry = {
  readonly document: SourceDocument
  /** The document's day: its month, and the manager of that day. */
  readonly date: BusinessDate
  readonly currency: string
  readonly amounts: Readonly<Record<string, bigint>>
  readonly counts: Readonly<Record<string, number>>
  readonly ownerId?: string | undefined
  readonly unitId?: string | undefined
  readonly orgPath?: readonly string[] | undefined
  readonly customerId?: string | undefined
  readonly products?: readonly Part[] | undefined
  readonly stage?: string
  readonly bucket?: string
  readonly period?: string
  /** False for what other entries hold already: it has its row and adds nothing to the total. */
  readonly inTotal?: boolean
}

/** What an order's lines weigh: their amounts without tax. */
export const partsOf = (lines: readonly { readonly sku: string; readonly net: number }[] = []): readonly Part[] =>
  lines.map(({ sku, net }) => ({ sku, weight: BigInt(net) }))
