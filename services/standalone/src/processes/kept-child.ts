import { setTimeout as wait } from 'node:timers/promises'
import { type Child, type Start, startChild } from './child.ts'

/** A process that is started again whenever it ends by itself. */
export type KeptChild = {
  readonly name: string
  /** The one that runs, or the last that did. */
  readonly current: () => Child
  /** From here on it is started again, also where it has ended already. */
  readonly keep: () => void
  /** How the first one ended. */
  readonly ended: Promise<string>
  readonly stop: () => Promise<void>
}

const FIRST_MS = 500
const MOST_MS = 30_000
/** A process that ran this long had started well: the next pause is the first one again. */
const STEADY_MS = 60_000

const pauseBefore = (deaths: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** (deaths - 1))

export const keptChild = (start: Start): KeptChild => {
  const stopping = new AbortController()
  const first = startChild(start)
  let child = first
  let kept = false
  let gone: string | undefined
  let deaths = 0

  const revive = async (how: string, ranMs: number): Promise<void> => {
    deaths = ranMs > STEADY_MS ? 1 : deaths + 1
    const ms = pauseBefore(deaths)
    start.say(`ended (${how}); starts again in ${ms / 1_000} s`)
    await wait(ms, undefined, { signal: stopping.signal }).catch(() => {})
    if (stopping.signal.aborted) return
    child = startChild(start)
    start.say(`runs as process ${child.pid}`)
    void watch(child)
  }
  const watch = async (one: Child): Promise<void> => {
    const began = performance.now()
    const how = await one.ended
    if (stopping.signal.aborted) return
    if (kept) await revive(how, performance.now() - began)
    else gone = how
  }
  void watch(child)
  return {
    name: start.name,
    current: () => child,
    keep() {
      kept = true
      if (gone !== undefined) void revive(gone, 0)
    },
    ended: first.ended,
    async stop() {
      stopping.abort()
      await child.stop()
    },
  }
}
