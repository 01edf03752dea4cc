import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import type { ReportRowSchema } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import type { Group } from '../figures/tally.ts'
import type { Labels } from './labels.ts'
import { documentsOf } from './link.ts'
import type { OpenReport } from './open-report.ts'
import { type Asked, questionOf } from './report.ts'

type Shown = MessageInitShape<typeof ReportRowSchema>

const zeros = <V>(names: readonly string[], zero: V): Readonly<Record<string, V>> =>
  Object.fromEntries(names.map((name) => [name, zero]))

const entriesOf = <V, W>(values: Readonly<Record<string, V>>, show: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]))

/** Amounts of documents that name no currency, in a company that is not known yet, are none. */
export const amountsOf = (
  { currency, amounts }: Pick<Group, 'currency' | 'amounts'>,
  names: readonly string[],
): NonNullable<Shown['amounts']> =>
  currency === '' ? {} : entriesOf({ ...zeros(names, 0n), ...amounts }, (minor) => moneyMessage({ currency, minor }))

/** In the order of the groupings; a total has none. */
const keysOf = ({ keys }: Group, { groupings }: Asked): readonly string[] | undefined =>
  groupings.every((grouping) => keys[grouping] === undefined)
    ? undefined
    : groupings.map((grouping) => keys[grouping] ?? '')

/** A row, or a total where there are no keys. */
export const rowView =
  (report: OpenReport, asked: Asked, labels: Labels) =>
  (group: Group): Shown => ({
    keys: entriesOf(group.keys, (key) => key ?? ''),
    labels: Object.fromEntries(
      asked.groupings
        .filter((grouping) => group.keys[grouping] !== undefined)
        .map((grouping) => [grouping, labels(grouping, group.keys[grouping] ?? '')]),
    ),
    amounts: amountsOf(group, report.amounts),
    counts: entriesOf({ ...zeros(report.counts, 0), ...group.counts }, BigInt),
    rates: { ...report.rates?.(group) },
    drillDown: documentsOf(
      { report: report.name, currency: group.currency, keys: keysOf(group, asked) },
      questionOf(report, asked),
    ),
  })
