import { derivedId } from '@saleswright/kernel'
import { type CallOptions, patiently, until } from '@saleswright/rpc'
import { reject } from './reject.ts'

/** One call of a row. Its key is made of file, row and step, so that it has one effect however often the row is gone through. */
export type Step = <T>(name: string, call: (options: CallOptions) => Promise<T>) => Promise<T>

type StepOptions = {
  /** What the row is known by in its own system. */
  readonly row: readonly string[]
  readonly token: () => Promise<string>
  readonly signal: AbortSignal
  readonly requestId: string
}

const PATIENCE_MS = 30_000

/** Made again where it heals. */
export const stepper =
  ({ row, token, signal, requestId }: StepOptions): Step =>
  (name, call) => {
    const idempotencyKey = derivedId(...row, name)
    return patiently(signal, async () => {
      const deadline = new Date(Date.now() + PATIENCE_MS)
      return call({ token: await token(), idempotencyKey, signal, requestId, deadline })
    })
  }

/** What follows an event. What has not come within a minute is told of the row, which running the import again takes up. */
export const awaited = async <T>(what: string, signal: AbortSignal, ask: () => Promise<T | undefined>): Promise<T> =>
  (await until(signal, ask)) ?? reject('', '', 'import_waits', { what })
