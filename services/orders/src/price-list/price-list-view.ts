import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, unitPriceMessage } from '@saleswright/contracts'
import {
  PriceList_Change_Reason,
  PriceList_Kind,
  type PriceListSchema,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { PriceKind, PriceList, PriceReason } from './price-list.ts'

export const KIND = {
  ex_factory: PriceList_Kind.EX_FACTORY,
  wholesale: PriceList_Kind.WHOLESALE,
  retail: PriceList_Kind.RETAIL,
} as const satisfies Record<PriceKind, PriceList_Kind>

export const REASON = {
  introduction: PriceList_Change_Reason.INTRODUCTION,
  competition: PriceList_Change_Reason.COMPETITION,
  cost: PriceList_Change_Reason.COST,
  life_cycle: PriceList_Change_Reason.LIFE_CYCLE,
  other: PriceList_Change_Reason.OTHER,
} as const satisfies Record<PriceReason, PriceList_Change_Reason>

const KINDS = new Map(Object.entries(KIND).map(([word, kind]) => [kind as PriceList_Kind, word as PriceKind]))
const REASONS = new Map(
  Object.entries(REASON).map(([word, code]) => [code as PriceList_Change_Reason, word as PriceReason]),
)

/** Undefined where nothing was said. */
export const kindOf = (kind: PriceList_Kind): PriceKind | undefined => KINDS.get(kind)
export const reasonOf = (code: PriceList_Change_Reason): PriceReason | undefined => REASONS.get(code)

export const priceListView = (list: PriceList): MessageInitShape<typeof PriceListSchema> => ({
  priceListId: list.id,
  name: list.name,
  kind: KIND[list.kind],
  currencyCode: list.currency,
  validFrom: list.validFrom,
  reason: list.reason,
  reasonCode: REASON[list.reasonCode],
  entries: list.entries.map(({ sku, unitPrice, validFrom }) => ({
    sku,
    unitPrice: unitPriceMessage(unitPrice),
    ...(validFrom !== list.validFrom && { validFrom }),
  })),
  corrections: list.corrections.map(({ before, after, by, at, ...correction }) => ({
    ...correction,
    before: unitPriceMessage(before),
    after: unitPriceMessage(after),
    correctedBy: by,
    correctedAt: instant(at),
  })),
  etag: etagOf(list),
  ...(list.externalRef && { externalRef: list.externalRef }),
})
