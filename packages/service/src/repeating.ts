import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@saleswright/bus'
import type { Part } from './parts.ts'

type Repeating = {
  readonly name: string
  /** From the end of one time to the beginning of the next. */
  readonly everyMs: number
  readonly log: Pick<Log, 'warn'>
  readonly work: () => Promise<void>
}

/** Does something again and again until it is stopped. What fails is logged and comes again; what is under way is finished. */
export const repeating = ({ name, everyMs, log, work }: Repeating): Part => {
  const stopping = new AbortController()
  let living = Promise.resolve()
  const live = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch((err: unknown) => log.warn({ err }, `${name} failed; trying again`))
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  return {
    name,
    start: async () => {
      living = live()
    },
    stop: async () => {
      stopping.abort()
      await living
    },
  }
}
