/** What one arm did in one round: how long each took, in milliseconds, and in how many seconds altogether. */
export type Round = { readonly each: readonly number[]; readonly seconds: number }

/** So many at a time, each as soon as the one before is done, until the time is up; those under way are waited for. */
export const runFor = async (seconds: number, inFlight: number, work: () => Promise<number>): Promise<Round> => {
  const each: number[] = []
  const started = performance.now()
  const until = started + seconds * 1_000
  const worker = async (): Promise<void> => {
    while (performance.now() < until) each.push(await work())
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return { each, seconds: (performance.now() - started) / 1_000 }
}

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((left, right) => left - right)

export const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const perSecond = ({ each, seconds }: Round): number => each.length / seconds
