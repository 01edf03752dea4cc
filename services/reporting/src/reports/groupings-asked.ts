import { invalidField } from '@saleswright/kernel'
import type { Grouping } from '../figures/grouping.ts'
import type { Report } from './report.ts'

/** The groupings that a request names with commas between, each once; `unknown_grouping` for what the report does not know. */
export const groupingsAsked = (
  report: Pick<Report, 'groupings' | 'otherwise'>,
  groupBy: string,
): readonly Grouping[] => {
  if (groupBy === '') return report.otherwise
  const found = [...new Set(groupBy.split(','))].map((name) => {
    const grouping = report.groupings.find((known) => known === name)
    if (!grouping)
      throw invalidField('groupBy', 'unknown_grouping', { grouping: name, groupings: report.groupings.join(', ') })
    return grouping
  })
  return found
}
