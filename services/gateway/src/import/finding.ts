import type { Aggregate } from '@saleswright/kernel'

export type Outcome = 'created' | 'unchanged' | 'conflicting' | 'rejected'

/** What somebody should look at: a row that was not taken as it stands. */
export type Finding = {
  readonly file: string
  /** In the file, the header being line 1. */
  readonly line: number
  /** '' where it is the row as a whole. */
  readonly column: string
  readonly outcome: Outcome | 'mapped'
  readonly value: string
  readonly message: string
}

export type StoredFinding = Aggregate & Finding & { readonly importId: string }
