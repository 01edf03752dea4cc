import { SaleswrightError } from './saleswright-error.ts'

/** What a client needs of the world. */
export type World = {
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly random: () => number
  /** Rejects with the reason of the signal when it is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
}

/** An answer with all of its text. */
export type Answer = {
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  readonly text: string
}

export type Exchange = (path: string, init: RequestInit, signal?: AbortSignal) => Promise<Answer>

type Settings = { readonly baseUrl: string; readonly timeoutMs: number; readonly world: Pick<World, 'fetch'> }

/** One request and its answer. That none came whole is `network_error`; that the caller gave up is the reason of its signal. */
export const exchangeWith =
  ({ baseUrl, timeoutMs, world }: Settings): Exchange =>
  async (path, init, signal) => {
    signal?.throwIfAborted()
    const timeout = AbortSignal.timeout(timeoutMs)
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout
    try {
      const response = await world.fetch(`${baseUrl}${path}`, { ...init, signal: either })
      const { ok, status, statusText, headers } = response
      return { ok, status, statusText, headers, text: await response.text() }
    } catch (cause) {
      signal?.throwIfAborted()
      const detail = timeout.aborted ? `no answer within ${timeoutMs} ms` : 'the platform cannot be reached'
      throw new SaleswrightError({ status: 0, code: 'network_error', detail }, { cause })
    }
  }
