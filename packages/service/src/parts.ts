/** Something that runs beside others: a relay, a consumer, a server. A part that has stopped has let go of everything. */
export type Part = { readonly name: string; start(): Promise<void>; stop(): Promise<void> }

export type RunningParts = {
  /** Stops in reverse order, each part even when one before it failed; the same promise for everyone who asks. */
  stop(): Promise<void>
  /** What is being stopped right now. */
  readonly stopping: () => string | undefined
}

/**
 * Starts the parts in order. When one fails, or the signal says that nobody waits any longer, those before it are stopped
 * again, last first, and the error goes up.
 */
export const runParts = async (parts: readonly Part[], signal?: AbortSignal): Promise<RunningParts> => {
  const started: Part[] = []
  try {
    for (const part of parts) {
      signal?.throwIfAborted()
      await part.start()
      started.push(part)
    }
    signal?.throwIfAborted()
  } catch (error) {
    await stopAll(started, () => {}).catch((undoing: unknown) => {
      throw new AggregateError([error, undoing], 'the start failed, and what had started could not be stopped', {
        cause: error,
      })
    })
    throw error
  }
  return running(started)
}

const running = (started: readonly Part[]): RunningParts => {
  let current: Part | undefined
  let stopped: Promise<void> | undefined
  const tell = (part: Part | undefined): void => {
    current = part
  }
  return {
    stop: () => (stopped ??= stopAll(started, tell)),
    stopping: () => current?.name,
  }
}

const stopAll = async (started: readonly Part[], tell: (part: Part | undefined) => void): Promise<void> => {
  const errors: Error[] = []
  for (const part of started.toReversed()) {
    tell(part)
    await part.stop().catch((error: unknown) => errors.push(unclean(part, error)))
  }
  tell(undefined)
  if (errors.length > 0) throw together(errors)
}

const unclean = ({ name }: Part, cause: unknown): Error => new Error(`${name} did not stop cleanly`, { cause })
const together = (errors: readonly Error[]): Error =>
  new AggregateError(errors, errors.map(({ message }) => message).join('; '))

/**
 * Parts that do not need each other as one: they start and stop at the same time. When one does not start, the others are
 * stopped. While it stops, its name is that of those that have not ended.
 */
export const sideBySide = (name: string, parts: readonly Part[]): Part => {
  const ending = new Set<Part>()
  const stop = async (those: readonly Part[]): Promise<void> => {
    const errors: Error[] = []
    for (const part of those) ending.add(part)
    const stopOne = (part: Part): Promise<unknown> =>
      part
        .stop()
        .catch((error: unknown) => errors.push(unclean(part, error)))
        .finally(() => ending.delete(part))
    await Promise.all(those.map(stopOne))
    if (errors.length > 0) throw together(errors)
  }
  return {
    get name() {
      return ending.size > 0 ? [...ending].map((part) => part.name).join(', ') : name
    },
    async start() {
      const results = await Promise.allSettled(parts.map((part) => part.start()))
      const failed = results.find((result) => result.status === 'rejected')
      if (!failed) return
      await stop(parts.filter((_, index) => results[index]?.status === 'fulfilled'))
      throw failed.reason
    },
    stop: () => stop(parts),
  }
}
