import type { Aggregate } from '@saleswright/kernel'
import type { Words } from './words.ts'

export type Outcome = 'created' | 'unchanged' | 'conflicting' | 'rejected'

/** What somebody should look at: a row that was not taken as it stands. */
export type Finding = {
  readonly file: string
  /** In the file, the header being line 1; 0 where it is the file as a whole. */
  readonly line: number
  /** As the file calls it; '' where it is the row as a whole. */
  readonly column: string
  readonly outcome: Outcome | 'mapped'
  readonly value: string
  readonly code: string
  readonly words: Words
}

export type StoredFinding = Aggregate & Finding & { readonly importId: string }
