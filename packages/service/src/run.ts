import type { Log } from '@saleswright/bus'
import { type Part, type RunningParts, runParts } from './parts.ts'

export type RunOptions = {
  readonly log: Log
  /** How long stopping may take altogether; afterwards the part that hangs is named and the process ends with 1. */
  readonly stopWithinMs?: number
}

/**
 * Runs parts until SIGINT or SIGTERM and then stops them. Ends the process with 1 when they do not start, when one does not
 * stop in time or not cleanly, and at a second signal; with 0 otherwise.
 */
export const runUntilSignalled = async (
  parts: readonly Part[],
  { log, stopWithinMs = 10_000 }: RunOptions,
): Promise<void> => {
  const asked = new AbortController()
  let running: RunningParts | undefined
  // From the signal on, also while the parts are still starting: a part may wait for something that never comes.
  asked.signal.addEventListener('abort', () => {
    setTimeout(() => {
      const part = running?.stopping() ?? 'what was starting'
      log.error({ part }, `${part} did not stop within ${stopWithinMs} ms`)
      process.exit(1)
    }, stopWithinMs).unref()
  })
  const signalled = listen(asked, log)
  running = await runParts(parts, asked.signal).catch((error: unknown) => {
    if (asked.signal.aborted && error === asked.signal.reason) return process.exit(0)
    log.error({ err: error }, 'did not start')
    return process.exit(1)
  })
  await signalled
  const failed = await running.stop().then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (failed) log.error({ err: failed.error }, 'did not stop cleanly')
  process.exit(failed ? 1 : 0)
}

/** Answers at the first signal; the second one does not wait for anybody. */
const listen = (asked: AbortController, log: Log): Promise<void> =>
  new Promise((done) => {
    const heard = (signal: NodeJS.Signals): void => {
      if (asked.signal.aborted) {
        log.error({ signal }, `${signal} came a second time: ending at once`)
        process.exit(1)
      }
      log.info({ signal }, `${signal}: stopping`)
      asked.abort(new Error(`stopped by ${signal}`))
      done()
    }
    process.on('SIGINT', heard)
    process.on('SIGTERM', heard)
  })
