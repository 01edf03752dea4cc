import type { Clock } from '@saleswright/kernel'

/** The time of a test: it moves when the test says so, by seconds. */
export const aClock = (start: Date) => {
  let now = start
  const clock: Clock = { now: () => now }
  const pass = (seconds: number): void => {
    now = new Date(now.getTime() + seconds * 1000)
  }
  return { clock, pass }
}
