import { setTimeout as wait } from 'node:timers/promises'
import { AppError, derivedId, systemClock } from '@saleswright/kernel'
import type { CallOptions } from '@saleswright/rpc'
import { ownToken } from '@saleswright/service'
import type { Clients } from './clients.ts'

/** Somebody who is signed in. */
type Hand = {
  /** One command under a key made of the words: however often the demo is begun again, it has one effect. */
  readonly step: <T>(words: readonly string[], call: (options: CallOptions) => Promise<T>) => Promise<T>
  readonly reading: () => Promise<CallOptions>
}

/** The hands by account; each signs in when it is first needed, and again before its token expires. */
export type Hands = (account: string) => Hand

const TRIES = 10
const PATIENCE_MS = 30_000

export const handsOf = (
  { sessions }: Pick<Clients, 'sessions'>,
  passwordOf: (account: string) => string,
  signal: AbortSignal,
): Hands => {
  const hands = new Map<string, Hand>()
  const hire = (accountName: string): Hand => {
    const token = ownToken(
      () => sessions.createSession({ accountName, password: passwordOf(accountName) }),
      systemClock,
    )
    const reading = async (): Promise<CallOptions> => ({
      token: await token(),
      signal,
      deadline: new Date(Date.now() + PATIENCE_MS),
    })
    return {
      reading,
      step: (words, call) => {
        const idempotencyKey = derivedId('demo', ...words)
        return patiently(signal, async () => call({ ...(await reading()), idempotencyKey }))
      },
    }
  }
  return (account) => {
    const hand = hands.get(account) ?? hire(account)
    hands.set(account, hand)
    return hand
  }
}

/** Tries again what heals by itself: a busy record, a service that restarts. */
const patiently = async <T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!heals(error) || attempt === TRIES) throw error
      await wait(Math.min(2_000, 50 * 2 ** attempt), undefined, { signal })
    }
  }
}

const heals = (error: unknown): boolean =>
  error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'limited')

/** Asks until the answer is there: what follows an event comes a moment later. */
export const until = async <T>(what: string, signal: AbortSignal, ask: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + 2 * PATIENCE_MS
  while (Date.now() < end) {
    signal.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(50, undefined, { signal })
  }
  throw new Error(`${what} did not come`)
}

/** For `until`: what is not there yet may come. */
export const notYet = (error: unknown): undefined => {
  if (error instanceof AppError && error.kind === 'not_found') return undefined
  throw error
}
