import type { Decision } from '@saleswright/kernel'

/** One decision out of several about the same record, each made on what the one before left. */
export const chain = <T>(first: Decision<T>, ...steps: readonly ((record: T) => Decision<T>)[]): Decision<T> =>
  steps.reduce((done, step) => {
    const { next, events } = step(done.next)
    return { next, events: [...done.events, ...events] }
  }, first)
