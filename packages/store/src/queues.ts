import { Overtaken } from './faults.ts'

/** Lines in front of keys: who holds a key works alone on it in this process, the others wait in the order they came. */
export type Queues = {
  /** Waits until all keys are held; whoever holds some already must not wait for more (`Grip` sees to it). */
  readonly hold: (keys: readonly string[]) => Promise<void>
  /** False when the key was not free in time. */
  readonly holdWithin: (key: string, ms: number) => Promise<boolean>
  readonly tryHold: (keys: readonly string[]) => boolean
  readonly release: (keys: Iterable<string>) => void
}

type Line = { readonly waiting: (() => void)[] }

const waitWithin = (line: Line, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const late = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(turn), 1)
      resolve(false)
    }, ms)
    const turn = () => {
      clearTimeout(late)
      resolve(true)
    }
    line.waiting.push(turn)
  })

export const createQueues = (): Queues => {
  const lines = new Map<string, Line>()
  const enter = (key: string, wait: (line: Line) => Promise<unknown>): Promise<unknown> | undefined => {
    const line = lines.get(key)
    if (line) return wait(line)
    lines.set(key, { waiting: [] })
    return undefined
  }
  return {
    async hold(keys) {
      // Everyone takes keys in the same order, so that no two wait for each other.
      for (const key of keys.toSorted())
        await enter(key, (line) => new Promise<void>((turn) => line.waiting.push(turn)))
    },
    holdWithin: async (key, ms) => (await enter(key, (line) => waitWithin(line, ms))) !== false,
    tryHold(keys) {
      if (keys.some((key) => lines.has(key))) return false
      for (const key of keys) lines.set(key, { waiting: [] })
      return true
    },
    release(keys) {
      for (const key of keys) {
        const next = lines.get(key)?.waiting.shift()
        if (next) next()
        else lines.delete(key)
      }
    },
  }
}

/** The keys that one run of a transaction holds, over all its attempts. */
export type Grip = {
  /** Holds these too. Who holds some already does not wait for others, which might wait for those: it is overtaken. */
  readonly reach: (keys: readonly string[]) => Promise<void>
  /** Holds these and what was held before, giving everything back first if that is needed. */
  readonly regroup: (keys: readonly string[]) => Promise<void>
  readonly release: () => void
}

export const createGrip = (queues: Queues): Grip => {
  const held = new Set<string>()
  const missing = (keys: readonly string[]) => [...new Set(keys)].filter((key) => !held.has(key))
  const hold = async (keys: readonly string[]) => {
    await queues.hold(keys)
    for (const key of keys) held.add(key)
  }
  const release = () => {
    queues.release(held)
    held.clear()
  }
  return {
    async reach(keys) {
      const wanted = missing(keys)
      if (wanted.length === 0) return
      if (held.size === 0) await hold(wanted)
      else if (queues.tryHold(wanted)) for (const key of wanted) held.add(key)
      else throw new Overtaken(wanted.join(), true)
    },
    async regroup(keys) {
      if (missing(keys).length === 0) return
      const all = [...new Set([...held, ...keys])]
      release()
      await hold(all)
    },
    release,
  }
}
