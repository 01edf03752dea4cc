import { orderedValue } from '../bson/ordered-key.ts'
import { serverError } from '../errors.ts'
import type { Test } from './paths.ts'

/** The options that a pattern has on the wire; `s` becomes `g` in what the decoder makes of it, for want of a flag in its day. */
const optionsOf = (pattern: RegExp): string => pattern.flags.replace(/[sg]/g, 's').replace(/[uvdy]/g, '')

const checked = (options: string): string => {
  const bad = /[^imsu]/.exec(options)
  if (bad) throw serverError(2, `the option '${bad[0]}' of a pattern is not supported here`)
  return [...new Set(options.replaceAll('u', ''))].join('')
}

/** Options that stand in front of the pattern itself, which JavaScript does not know. */
const LEADING = /^\(\?([a-z]+)\)/

export const patternFrom = (source: unknown, options?: unknown): RegExp => {
  if (options !== undefined && typeof options !== 'string') throw serverError(2, '$options has to be a string')
  if (typeof source !== 'string' && !(source instanceof RegExp)) throw serverError(2, '$regex has to be a string')
  const text = typeof source === 'string' ? source : source.source
  const given = options ?? (typeof source === 'string' ? '' : optionsOf(source))
  const leading = LEADING.exec(text)
  try {
    // oxlint-disable-next-line security/detect-non-literal-regexp -- A filter's own pattern, as in MongoDB.
    return new RegExp(text.slice(leading?.[0].length ?? 0), checked(given + (leading?.[1] ?? '')))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw serverError(51091, `Regular expression is invalid: ${error.message}`)
  }
}

/** A text that the pattern meets, or the same pattern. */
export const matching = (pattern: RegExp): Test => {
  const name = orderedValue(pattern)
  return (value) =>
    typeof value === 'string'
      ? pattern.test(value)
      : value instanceof RegExp && orderedValue(patternFrom(value)).equals(name)
}
