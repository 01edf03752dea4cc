import { derivedId, systemClock } from '@saleswright/kernel'
import { type CallOptions, patiently, until } from '@saleswright/rpc'
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

/** What follows an event; what never comes is an error that names it. */
export const awaited = async <T>(what: string, signal: AbortSignal, ask: () => Promise<T | undefined>): Promise<T> => {
  const answer = await until(signal, ask)
  if (answer === undefined) throw new Error(`${what} did not come`)
  return answer
}
