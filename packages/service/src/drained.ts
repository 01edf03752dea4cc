import { setTimeout as wait } from 'node:timers/promises'

/** Says what is still to be done, in words; nothing when all is done. */
export type Pending = () => Promise<readonly string[]>

const PAUSE_MS = 10
const PATIENCE_MS = 60_000

/**
 * Returns when twice in a row nothing was left to do: what one reaction tells, another may wait for. After a minute without an
 * end it throws what is left.
 */
export const drain = async (pending: Pending, patienceMs = PATIENCE_MS): Promise<void> => {
  const until = performance.now() + patienceMs
  let quiet = 0
  for (;;) {
    const left = await pending()
    quiet = left.length > 0 ? 0 : quiet + 1
    if (quiet === 2) return
    if (performance.now() > until) throw new Error(`not drained: ${left.join('; ')}`)
    if (quiet === 0) await wait(PAUSE_MS)
  }
}
