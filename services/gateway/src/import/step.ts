import { setTimeout as wait } from 'node:timers/promises'
import { AppError, derivedId } from '@saleswright/kernel'
import type { CallOptions } from '@saleswright/rpc'

/** One call of a row. Its key is made of file, row and step, so that it has one effect however often the row is gone through. */
export type Step = <T>(name: string, call: (options: CallOptions) => Promise<T>) => Promise<T>

type StepOptions = {
  /** What the row is known by in its own system. */
  readonly row: readonly string[]
  readonly token: () => Promise<string>
  readonly signal: AbortSignal
  readonly requestId: string
}

const TRIES = 10
const PATIENCE_MS = 30_000
const POLL_MS = 200

/** Tries again what heals by itself: a service that restarts, a busy record. */
export const stepper =
  ({ row, token, signal, requestId }: StepOptions): Step =>
  async (name, call) => {
    const idempotencyKey = derivedId(...row, name)
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted()
      try {
        const deadline = new Date(Date.now() + PATIENCE_MS)
        return await call({ token: await token(), idempotencyKey, signal, requestId, deadline })
      } catch (error) {
        if (!heals(error) || attempt === TRIES) throw error
        await wait(Math.min(2_000, 50 * 2 ** attempt), undefined, { signal })
      }
    }
  }

const heals = (error: unknown): boolean =>
  error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'limited')

/** Asks until the answer is there; what never comes is an error that names it. */
export const until = async <T>(what: string, signal: AbortSignal, ask: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + 2 * PATIENCE_MS
  while (Date.now() < end) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(POLL_MS, undefined, { signal })
  }
  throw new AppError('unavailable', 'import_waits', { what }, { retryAfterSeconds: 1 })
}
