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
  let current: string | undefined
  let stopped: Promise<void> | undefined
  const tell = (name: string | undefined): void => {
    current = name
  }
  return {
    stop: () => (stopped ??= stopAll(started, tell)),
    stopping: () => current,
  }
}

const stopAll = async (started: readonly Part[], tell: (name: string | undefined) => void): Promise<void> => {
  const errors: Error[] = []
  for (const part of started.toReversed()) {
    tell(part.name)
    try {
      await part.stop()
    } catch (error) {
      errors.push(new Error(`${part.name} did not stop cleanly`, { cause: error }))
    }
  }
  tell(undefined)
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '))
}
