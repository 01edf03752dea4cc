import type { BusinessDate } from '@saleswright/kernel'
import type { Entry } from '../figures/entry.ts'
import type { Grouping } from '../figures/grouping.ts'
import type { FigureOf, KindOf, ReportName } from '../figures/kinds.ts'
import type { Group } from '../figures/tally.ts'
import type { Counting } from './counting.ts'

/** What somebody wants to know. */
export type Asked = {
  readonly companyId: string
  /** First and last day, both counted; absent means without end. */
  readonly from?: BusinessDate | undefined
  readonly to?: BusinessDate | undefined
  /** For aging. */
  readonly asOf: BusinessDate
  readonly groupings: readonly Grouping[]
  /** What a document counts in that names no currency. */
  readonly currency: string
}

/** What a report shows for each group; its amounts are the figures that `FIGURES` names. */
export type Report<N extends ReportName = ReportName> = {
  readonly groupings: readonly Grouping[]
  /** Where the caller names none. */
  readonly otherwise: readonly Grouping[]
  /** What every row has, also where it is zero. */
  readonly counts: readonly string[]
  /** The figures, document by document, in batches. */
  readonly entries: (counting: Counting<KindOf<N>>, asked: Asked) => AsyncGenerator<readonly Entry<FigureOf<N>>[]>
  readonly rates?: (group: Group) => Readonly<Record<string, string>>
  /** Whether a day counts besides the days: that on which something was open. */
  readonly asOf?: true
}

/** What of a question a row's documents are asked for with. */
export const questionOf = ({ asOf }: Pick<Report, 'asOf'>, asked: Asked) => {
  const { from, to, groupings } = asked
  return { from, to, groupings, ...(asOf && { asOf: asked.asOf }) }
}

type Placed = Pick<Entry, 'ownerId' | 'unitId' | 'orgPath'>

export const placedAt = ({ ownerId, unitId, orgPath }: Placed): Placed => ({ ownerId, unitId, orgPath })

/** The days of a report as a condition on a field. */
export const between = (field: string, { from, to }: Pick<Asked, 'from' | 'to'>): Readonly<Record<string, unknown>> =>
  from === undefined && to === undefined
    ? {}
    : { [field]: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) } }
