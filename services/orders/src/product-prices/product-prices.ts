import { type Aggregate, type BusinessDate, compareUnitPrices, type UnitPrice } from '@saleswright/kernel'

/** One price of a product, with the list that entered it. */
export type PricePoint = {
  readonly kind: 'ex_factory' | 'wholesale' | 'retail'
  readonly unitPrice: UnitPrice
  readonly validFrom: BusinessDate
  readonly priceListId: string
}

/** All prices of a product over time: kept beside the lists that entered them, in their transactions. */
export type ProductPrices = Aggregate & {
  readonly sku: string
  readonly points: readonly PricePoint[]
  /** When the store last changed it: other replicas ask for what changed since. */
  readonly changedAt: Date
}

type Series = { readonly kind: PricePoint['kind']; readonly currency: string }

const seriesOf = (points: readonly PricePoint[], { kind, currency }: Series): readonly PricePoint[] =>
  points.filter((point) => point.kind === kind && point.unitPrice.currency === currency)

/** The point of the same kind, currency and day. */
export const samePoint = ({ points }: Pick<ProductPrices, 'points'>, point: PricePoint): PricePoint | undefined =>
  seriesOf(points, { kind: point.kind, currency: point.unitPrice.currency }).find(
    ({ validFrom }) => validFrom === point.validFrom,
  )

export const withPoints = (prices: ProductPrices, added: readonly PricePoint[], changedAt: Date): ProductPrices => ({
  ...prices,
  points: [...prices.points, ...added],
  changedAt,
})

/** With another price for one of its points. */
export const withCorrection = (prices: ProductPrices, corrected: PricePoint, changedAt: Date): ProductPrices => {
  const old = samePoint(prices, corrected)
  if (!old || compareUnitPrices(old.unitPrice, corrected.unitPrice) === 0) return prices
  return { ...prices, points: prices.points.map((point) => (point === old ? corrected : point)), changedAt }
}

export const newestOn = <T extends { readonly validFrom: BusinessDate }>(
  dated: readonly T[],
  date: BusinessDate,
): T | undefined =>
  dated.reduce<T | undefined>(
    (best, one) => (one.validFrom <= date && (!best || one.validFrom > best.validFrom) ? one : best),
    undefined,
  )

/** The first day after `validFrom` on which another of them begins. */
const nextAfter = (
  dated: readonly { readonly validFrom: BusinessDate }[],
  validFrom: BusinessDate,
): BusinessDate | undefined =>
  dated
    .map((one) => one.validFrom)
    .filter((day) => day > validFrom)
    .toSorted()[0]

/** The price of one kind and currency on a day. */
export const pointOn = (
  { points }: Pick<ProductPrices, 'points'>,
  series: Series,
  date: BusinessDate,
): PricePoint | undefined => newestOn(seriesOf(points, series), date)

export const pointUntil = ({ points }: Pick<ProductPrices, 'points'>, point: PricePoint): BusinessDate | undefined =>
  nextAfter(seriesOf(points, { kind: point.kind, currency: point.unitPrice.currency }), point.validFrom)

/** Every kind and currency in which the product has a price, each with the one in force on a day. */
export const pointsOn = (prices: Pick<ProductPrices, 'points'>, date: BusinessDate): readonly PricePoint[] => {
  const bySeries = Map.groupBy(prices.points, ({ kind, unitPrice }) => `${kind} ${unitPrice.currency}`)
  return [...bySeries.values()].flatMap((points) => newestOn(points, date) ?? [])
}
