import { type Clock, steady } from '@saleswright/kernel'

export type Issued = { readonly accessToken: string; readonly expiresInSeconds: number }

const RENEW_BEFORE_MS = 30_000

/** A service's own token: asked for when it is first needed, once for all who wait, and again 30 s before it expires. */
export const ownToken = (issue: () => Promise<Issued>, clock: Clock): (() => Promise<string>) => {
  const elapsed = steady(clock)
  let token: { readonly text: string; readonly goodUntil: number } | undefined
  let asked: Promise<string> | undefined

  const ask = async (): Promise<string> => {
    const askedAt = elapsed()
    try {
      const { accessToken, expiresInSeconds } = await issue()
      token = { text: accessToken, goodUntil: askedAt + expiresInSeconds * 1_000 - RENEW_BEFORE_MS }
      return accessToken
    } finally {
      asked = undefined
    }
  }

  return async () => {
    if (token && elapsed() < token.goodUntil) return token.text
    asked ??= ask()
    return asked
  }
}
