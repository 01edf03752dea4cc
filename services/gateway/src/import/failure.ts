import { AppError } from '@saleswright/kernel'
import type { Failure } from './import.ts'
import { wordsOf } from './words.ts'

/** Ends an import, with what is to be said of it. */
export class ImportFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options: ErrorOptions = {}) {
    super(`${failure.code} ${failure.file} ${failure.column}`, options)
    this.failure = failure
  }
}

export const failureOf = (error: unknown): Failure => {
  if (error instanceof ImportFailed) return error.failure
  const { code, params } = error instanceof AppError ? error : { code: 'internal_error', params: {} }
  return { code, words: wordsOf(code, params), file: '', column: '' }
}
