import { AppError } from './app-error.ts'

/** Where drivers and parsers put values into their sentences. */
const QUOTED: readonly (readonly [RegExp, string])[] = [
  [/dup key: \{.*\}/s, 'dup key: {…}'],
  [/for value ".*" \(type/s, 'for value "…" (type'],
  [/".*" is not valid JSON/s, '"…" is not valid JSON'],
  [/Cannot convert .* to a BigInt/s, 'Cannot convert … to a BigInt'],
]

/**
 * An error in words that may be kept, without what somebody entered: of a refusal its code, for its parameters are that, and of
 * anything else the message without the values that it quotes.
 */
export const maskedMessage = (error: unknown): string => {
  if (error instanceof AppError) return error.code
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`
  return QUOTED.reduce((message, [pattern, masked]) => message.replace(pattern, masked), error.message)
}
