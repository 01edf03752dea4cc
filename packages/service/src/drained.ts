import { setTimeout as wait } from 'node:timers/promises'

export type Pending = {
  /** What is still to be done, in words; nothing when all is done. */
  readonly left: readonly string[]
  /** How much has been published altogether. */
  readonly published: bigint
}

const PAUSE_MS = 10
const PATIENCE_MS = 60_000

/**
 * Returns when twice in a row nothing was left, and nothing was published in between: what one reaction tells, another may wait
 * for. After a minute without an end it throws what is left.
 */
export const drain = async (ask: () => Promise<Pending>, patienceMs = PATIENCE_MS): Promise<void> => {
  const until = performance.now() + patienceMs
  let quietAt: bigint | undefined
  for (;;) {
    const { left, published } = await ask()
    if (left.length === 0 && published === quietAt) return
    quietAt = left.length === 0 ? published : undefined
    if (performance.now() > until) throw new Error(`not drained: ${left.join('; ') || 'events keep coming'}`)
    if (left.length > 0) await wait(PAUSE_MS)
  }
}
