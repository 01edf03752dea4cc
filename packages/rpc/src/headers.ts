import type { Language } from '@saleswright/contracts'
import { AppError, invalid, newId, unauthenticated } from '@saleswright/kernel'
import Negotiator from 'negotiator'

/** A token names every grant of its holder; those of an administrator take some 4 KiB. */
export const LONGEST_AUTHORIZATION = 12_288
const LONGEST_LANGUAGES = 256

/** The token of `Bearer <token>`; undefined where there is none. */
export const tokenIn = (authorization = ''): string | undefined =>
  authorization.length > LONGEST_AUTHORIZATION
    ? undefined
    : /^bearer (?<token>\S+)$/i.exec(authorization)?.groups?.token

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

const SPOKEN = ['zh', 'en']

/** The language that the caller likes best of those we speak; Chinese where it says nothing, or more than anybody has to say. */
export const languageOf = (header = ''): Language => {
  const accepted = header.length > LONGEST_LANGUAGES ? '' : header
  const [liked] = accepted ? new Negotiator({ headers: { 'accept-language': accepted } }).languages(SPOKEN) : []
  return liked === 'en' ? 'en' : 'zh-CN'
}

export const late = (): AppError => new AppError('unavailable', 'deadline_exceeded', {}, { retryAfterSeconds: 1 })
export const cancelled = (cause?: unknown): AppError => new AppError('unavailable', 'call_cancelled', {}, { cause })
