/** Wakes whoever rests; what rang since the last reset lets nobody rest. */
export type Bell = {
  readonly ring: () => void
  readonly reset: () => void
  /** So many milliseconds, or until it rings. */
  readonly rest: (ms: number) => Promise<void>
}

export const createBell = (): Bell => {
  let rang = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rang = true
      wake?.()
    },
    reset() {
      rang = false
    },
    rest: (ms) =>
      new Promise((resolve) => {
        if (rang) {
          resolve()
          return
        }
        const up = () => {
          clearTimeout(timer)
          wake = undefined
          resolve()
        }
        const timer = setTimeout(up, ms)
        wake = up
      }),
  }
}
