import { AppError } from './app-error.ts'

/** The same refusal without what its caller may not read: of its parameters it keeps those that are named. */
export const withheld = (error: unknown, ...kept: readonly string[]): unknown => {
  if (!(error instanceof AppError)) return error
  const params = Object.fromEntries(Object.entries(error.params).filter(([name]) => kept.includes(name)))
  const { kind, code, violations, retryAfterSeconds } = error
  return new AppError(kind, code, params, { violations, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) })
}
