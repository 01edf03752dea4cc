import type { BusinessDate } from '@saleswright/kernel'
import type { DocumentKind } from './kinds.ts'

/** How an amount divides by product: in proportion to the weights, which are not below zero. */
export type Part = { readonly sku: string; readonly weight: bigint }

/** What an entry is made of, and where it can be read. */
type SourceDocument = {
  readonly kind: DocumentKind
  readonly path: string
}

/** By the names of figures: of all, or of some. */
type Amounts<Figure extends string> = string extends Figure
  ? Readonly<Record<string, bigint>>
  : { readonly [Name in Figure]?: bigint }

/** What a document adds to the figures of a report. Amounts are in the smallest unit of `currency`; what is unknown is left out. */
export type Entry<Figure extends string = string> = {
  readonly document: SourceDocument
  /** The document's day: its month, and the manager of that day. */
  readonly date: BusinessDate
  readonly currency: string
  readonly amounts: Amounts<Figure>
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
