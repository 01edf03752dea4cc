import type { Finding, Outcome } from './finding.ts'
import { type Count, type Import, NOTHING } from './import.ts'

/** What has become of the rows so far. */
export type Tally = {
  readonly counts: () => Import['counts']
  readonly expect: (file: string, total: number) => void
  /** Every row ends once. */
  readonly end: (file: string, outcome: Outcome) => void
  readonly find: (finding: Finding) => void
  /** The findings since the last time. */
  readonly takeFindings: () => readonly Finding[]
}

export const tallyOf = (): Tally => {
  const counts = new Map<string, Count>()
  let findings: Finding[] = []
  const raise = (file: string, by: Partial<Count>): void => {
    const before = counts.get(file) ?? NOTHING
    const raised = Object.entries(by).map(([name, more]) => [name, before[name as keyof Count] + more])
    counts.set(file, { ...before, ...Object.fromEntries(raised) })
  }
  return {
    counts: () => Object.fromEntries(counts),
    expect: (file, total) => raise(file, { total }),
    end: (file, outcome) => raise(file, { read: 1, [outcome]: 1 }),
    find(finding) {
      if (finding.outcome === 'mapped') raise(finding.file, { mapped: 1 })
      findings.push(finding)
    },
    takeFindings() {
      const taken = findings
      findings = []
      return taken
    },
  }
}
