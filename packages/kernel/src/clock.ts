/** Where the time comes from; tests give their own. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/** Milliseconds from anywhere on, to tell durations by: a clock that is set back takes nothing from them, and the system's own cannot be set. */
export const steady = ({ now }: Clock): (() => number) => {
  if (now === systemClock.now) return () => performance.now()
  let seen = now().getTime()
  // Not from nought: caches take that for a time that was never told.
  let passed = seen
  return () => {
    const at = now().getTime()
    passed += Math.max(0, at - seen)
    seen = at
    return passed
  }
}
