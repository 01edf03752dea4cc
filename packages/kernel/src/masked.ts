import { AppError } from './app-error.ts'

/** What drivers and parsers write before and after a value that they quote. */
const QUOTED: readonly (readonly [string, string])[] = [
  ['dup key: {', '}'],
  ['for value "', '" (type'],
  ['"', '" is not valid JSON'],
  ['Cannot convert ', ' to a BigInt'],
]

const withoutValue = (message: string, [before, after]: (typeof QUOTED)[number]): string => {
  const start = message.indexOf(before)
  const end = message.lastIndexOf(after)
  return start < 0 || end < start + before.length
    ? message
    : `${message.slice(0, start + before.length)}…${message.slice(end)}`
}

/**
 * An error in words that may be kept, without what somebody entered: of a refusal its code, for its parameters are that, and of
 * anything else the message without the values that it quotes.
 */
export const maskedMessage = (error: unknown): string => {
  if (error instanceof AppError) return error.code
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`
  return QUOTED.reduce(withoutValue, error.message)
}
