type Waiter = { readonly begin: () => void; readonly refuse: (error: unknown) => void }

export type FairQueue = {
  readonly size: () => number
  /** Whether a request of the caller could wait now. */
  readonly hasRoom: (caller: string) => boolean
  /** Resolves when it is this request's turn; rejects when it has waited too long, is displaced, or its caller is gone. */
  readonly wait: (caller: string, waitMs: number, gone?: AbortSignal) => Promise<void>
  /** Lets the next one begin; false where none waits. */
  readonly next: () => boolean
}

/**
 * Requests that wait, first in first out for each caller, the callers in turn. When it is full, the newest request of the caller who
 * has the most gives way to one of a caller with fewer.
 */
export const fairQueue = (most: number, refusal: () => Error): FairQueue => {
  const line = callersInLine()
  const displaceable = (caller: string): Waiter | undefined => {
    const longest = line.longest()
    return longest && longest.caller !== caller && longest.waiters.size > line.sizeOf(caller) + 1
      ? [...longest.waiters].at(-1)
      : undefined
  }
  const wait: FairQueue['wait'] = (caller, waitMs, gone) =>
    new Promise((resolve, reject) => {
      if (line.size() >= most) {
        const displaced = displaceable(caller)
        if (!displaced) return reject(refusal())
        displaced.refuse(refusal())
      }
      const end = (settle: () => void): void => {
        clearTimeout(timer)
        gone?.removeEventListener('abort', leave)
        line.remove(caller, waiter)
        settle()
      }
      const waiter: Waiter = { begin: () => end(resolve), refuse: (error) => end(() => reject(error)) }
      const leave = (): void => waiter.refuse(gone?.reason)
      const timer = setTimeout(() => waiter.refuse(refusal()), waitMs)
      gone?.addEventListener('abort', leave, { once: true })
      line.add(caller, waiter)
    })
  return {
    size: line.size,
    hasRoom: (caller) => line.size() < most || displaceable(caller) !== undefined,
    wait,
    next: () => {
      const waiter = line.takeTurn()
      waiter?.begin()
      return waiter !== undefined
    },
  }
}

/** The waiters of each caller; a Map keeps the callers in the order of their turns. */
const callersInLine = () => {
  const byCaller = new Map<string, Set<Waiter>>()
  let size = 0
  const remove = (caller: string, waiter: Waiter): void => {
    const waiters = byCaller.get(caller)
    if (!waiters?.delete(waiter)) return
    size -= 1
    if (waiters.size === 0) byCaller.delete(caller)
  }
  return {
    size: () => size,
    sizeOf: (caller: string) => byCaller.get(caller)?.size ?? 0,
    remove,
    add: (caller: string, waiter: Waiter): void => {
      byCaller.set(caller, (byCaller.get(caller) ?? new Set()).add(waiter))
      size += 1
    },
    longest: () => {
      let found: { readonly caller: string; readonly waiters: ReadonlySet<Waiter> } | undefined
      for (const [caller, waiters] of byCaller) {
        if (!found || waiters.size > found.waiters.size) found = { caller, waiters }
      }
      return found
    },
    /** The first waiter of the first caller, who goes to the end of the line. */
    takeTurn: (): Waiter | undefined => {
      const [first] = byCaller
      if (!first) return undefined
      const [caller, waiters] = first
      const [waiter] = waiters
      byCaller.delete(caller)
      byCaller.set(caller, waiters)
      return waiter
    },
  }
}
