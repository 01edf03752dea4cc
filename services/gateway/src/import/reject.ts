import type { Params, Violation } from '@saleswright/kernel'
import { type Words, wordsOf, wordsOfRule } from './words.ts'

/** A row that cannot be taken, by the column that says why. The others go in. */
export class Rejected extends Error {
  readonly column: string
  readonly value: string
  readonly code: string
  readonly words: Words

  constructor(column: string, value: string, code: string, words: Words) {
    super(`${code} ${column}`)
    this.column = column
    this.value = value
    this.code = code
    this.words = words
  }
}

/** `code` has its sentence in `messages/gateway.ts`, or in those of the service that has the same rule. */
export const reject = (column: string, value: string, code: string, params?: Params): never => {
  throw new Rejected(column, value, code, wordsOf(code, params))
}

export const rejectByRule = (column: string, value: string, broken: Pick<Violation, 'rule' | 'message'>): never => {
  throw new Rejected(column, value, broken.rule, wordsOfRule(broken))
}
