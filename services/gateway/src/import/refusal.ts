import { AppError } from '@saleswright/kernel'
import type { Outcome } from './finding.ts'
import type { Rejected } from './reject.ts'
import { type Words, wordsOf, wordsOfRule } from './words.ts'

/** Columns of a file by the fields of the contract that are made of them; '' is the one that a row is known by. */
export type Columns = Readonly<Record<string, string>>

/** What a service, or the contract, has refused: said of the column that the refused field was made of. */
export class Refused extends Error {
  readonly outcome: Outcome
  readonly column: string
  readonly code: string
  readonly words: Words
  /** A fault of the platform, which the log has to have. */
  readonly isOurs: boolean

  constructor(outcome: Outcome, column: string, { code, words }: Pick<Rejected, 'code' | 'words'>, cause: AppError) {
    super(`${code} ${column}`, { cause })
    this.outcome = outcome
    this.column = column
    this.code = code
    this.words = words
    this.isOurs = cause.kind === 'internal'
  }
}

/** Kinds of refusals that say: it is there already, but as something else. */
const CONFLICTS = new Set(['mismatch', 'conflict'])
/** A fault of ours that a row brings out is told of the row as well: the others are not to wait for it. */
const REFUSALS = new Set(['invalid', 'not_found', 'forbidden', 'internal'])

/** A refusal in the words of the file. What is no matter of a row stays what it is: it goes up, and is tried again or ends the import. */
export const inColumns = (error: unknown, columns: Columns): unknown => {
  if (!(error instanceof AppError)) return error
  const outcome = CONFLICTS.has(error.kind) ? 'conflicting' : REFUSALS.has(error.kind) ? 'rejected' : undefined
  if (outcome === undefined) return error
  const [violation] = error.violations
  const field = /^\w+/.exec(violation?.field ?? '')?.[0] ?? ''
  const column = columns[field] ?? columns[''] ?? ''
  const { code, params } = error
  if (code !== 'invalid_request' || !violation)
    return new Refused(outcome, column, { code, words: wordsOf(code, params) }, error)
  return new Refused(outcome, column, { code: violation.rule, words: wordsOfRule(violation) }, error)
}
