/** Whether a process takes calls; the health service and /readyz answer from it. */
export type HealthState = {
  readonly serving: () => boolean
  readonly set: (serving: boolean) => void
  /** Tells every change; returns how to stop being told. */
  readonly watch: (listener: (serving: boolean) => void) => () => void
}

export const healthState = (initially = false): HealthState => {
  const listeners = new Set<(serving: boolean) => void>()
  let now = initially
  return {
    serving: () => now,
    set: (serving) => {
      if (now === serving) return
      now = serving
      for (const tell of listeners) tell(serving)
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
