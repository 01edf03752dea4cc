import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import type { ReportRowSchema } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import type { Group } from '../figures/tally.ts'
import type { Labels } from './labels.ts'
import type { Asked, Report } from './report.ts'

type Shown = MessageInitShape<typeof ReportRowSchema>

const zeros = <V>(names: readonly string[], zero: V): Readonly<Record<string, V>> =>
  Object.fromEntries(names.map((name) => [name, zero]))

const entriesOf = <V, W>(values: Readonly<Record<string, V>>, show: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]))

/** Amounts of documents that name no currency, in a company that is not known yet, are none. */
const amountsOf = ({ currency, amounts }: Group, names: readonly string[]): NonNullable<Shown['amounts']> =>
  currency === '' ? {} : entriesOf({ ...zeros(names, 0n), ...amounts }, (minor) => moneyMessage({ currency, minor }))

export const rowView =
  (report: Report, asked: Asked, labels: Labels) =>
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
    drillDown: report.documents(group.keys, asked),
  })
