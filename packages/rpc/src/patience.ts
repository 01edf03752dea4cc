import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '@saleswright/kernel'

const TRIES = 10
const BACKOFF = { firstMs: 100, mostMs: 2_000 }
const POLL = { firstMs: 25, mostMs: 250, withinMs: 60_000 }

const heals = (error: unknown): boolean =>
  error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'limited')

/** A call, ten times at most: again after what heals by itself, as a service that restarts or a record that is busy. */
export const patiently = async <T>(signal: AbortSignal, call: () => Promise<T>, pauses = BACKOFF): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!heals(error) || attempt === TRIES) throw error
      await wait(Math.min(pauses.mostMs, pauses.firstMs * 2 ** (attempt - 1)), undefined, { signal })
    }
  }
}

/** Asks until the answer is there: what follows an event comes a moment later. Undefined when it has not come within a minute. */
export const until = async <T>(
  signal: AbortSignal,
  ask: () => Promise<T | undefined>,
  { firstMs, mostMs, withinMs } = POLL,
): Promise<T | undefined> => {
  const end = performance.now() + withinMs
  for (let pause = firstMs; performance.now() < end; pause = Math.min(mostMs, pause * 2)) {
    signal.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(pause, undefined, { signal })
  }
  return undefined
}

/** For `until`: what is not there yet may come. */
export const notYet = (error: unknown): undefined => {
  if (error instanceof AppError && error.kind === 'not_found') return undefined
  throw error
}
