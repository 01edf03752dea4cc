import type { Language } from '@saleswright/contracts'
import { AppError, invalid, newId, unauthenticated } from '@saleswright/kernel'

/** The token of `Bearer <token>`; undefined where there is none. */
export const tokenIn = (authorization: string | undefined): string | undefined =>
  /^bearer (?<token>\S+)$/i.exec(authorization ?? '')?.groups?.token

/** The same, or a refusal. */
export const bearer = (authorization: string | undefined): string => {
  const token = tokenIn(authorization)
  if (token === undefined) throw unauthenticated(authorization ? 'token_invalid' : 'token_required')
  return token
}

export const isKey = (key: string): boolean => /^[\x21-\x7e]{1,255}$/.test(key)

export const checkedKey = (key: string | undefined): string | undefined => {
  if (key !== undefined && !isKey(key)) throw invalid('idempotency_key_invalid')
  return key
}

/** What the caller sent, or a new one where that is absent or fit to break a log line. */
export const requestIdOf = (sent: string | undefined): string =>
  sent && /^[\w.:-]{1,128}$/.test(sent) ? sent : newId()

/** The language that the caller likes best of those we speak; Chinese where it says nothing. */
export const languageOf = (header: string | undefined): Language => {
  const liked = (header ?? '')
    .split(',')
    .map((entry) => /^\s*(?<tag>[a-z]{2,3})\b[^;]*(?:;\s*q=(?<q>[\d.]+))?\s*$/i.exec(entry)?.groups ?? {})
    .filter(({ tag = '', q = '1' }) => ['zh', 'en'].includes(tag.toLowerCase()) && Number(q) > 0)
    .toSorted((left, right) => Number(right.q ?? 1) - Number(left.q ?? 1))
  return liked[0]?.tag?.toLowerCase() === 'en' ? 'en' : 'zh-CN'
}

export const late = (): AppError => new AppError('unavailable', 'deadline_exceeded', {}, { retryAfterSeconds: 1 })
export const cancelled = (cause?: unknown): AppError => new AppError('unavailable', 'call_cancelled', {}, { cause })
