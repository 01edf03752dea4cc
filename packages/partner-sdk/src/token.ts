import { errorOf } from './error-of.ts'
import type { Exchange } from './exchange.ts'

export type Credentials = {
  readonly clientId: string
  readonly clientSecret: string
  /** What of a partner's permissions is asked for, `orders.read orders.write`; all of them when absent. */
  readonly scope?: string | undefined
}

export type TokenSource = {
  /** A token that is good for a while. */
  readonly get: () => Promise<string>
  /** It was refused: another one is asked for, unless that was done already. */
  readonly drop: (token: string) => void
}

type Token = { readonly text: string; readonly renewAt: number }

const SPARE_MS = 30_000

/** A token by client credentials (RFC 6749 §4.4), renewed before it ends; many who need one ask once. */
export const tokenSource = (credentials: Credentials, exchange: Exchange, now: () => number): TokenSource => {
  const { clientId, clientSecret, scope } = credentials
  let current: Token | undefined
  let coming: Promise<Token> | undefined

  const ask = async (): Promise<Token> => {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
    const body = new URLSearchParams({ ...form, ...(scope && { scope }) })
    const asked = now()
    const answer = await exchange('/oauth/token', { method: 'POST', body })
    if (!answer.ok) throw errorOf(answer)
    const { access_token: text, expires_in: seconds } = JSON.parse(answer.text)
    const lifeMs = seconds * 1000
    current = { text, renewAt: asked + Math.max(lifeMs - SPARE_MS, lifeMs / 2) }
    return current
  }
  return {
    async get() {
      if (current && now() < current.renewAt) return current.text
      coming ??= ask().finally(() => {
        coming = undefined
      })
      return (await coming).text
    },
    drop(token) {
      if (current?.text === token) current = undefined
    },
  }
}
