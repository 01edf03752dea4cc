import type { Clients } from './clients.ts'
import type { Hands } from './hand.ts'
import type { Plan } from './plan.ts'

/** What every part of the demo works with. */
export type Scene = {
  readonly clients: Clients
  readonly hands: Hands
  readonly plan: Plan
  readonly signal: AbortSignal
  /** One more record is there. */
  readonly done: () => void
}

export const CURRENCY = 'CNY'

/** Whole yuan as the contracts have them. */
export const yuan = (amount: number) => ({ currencyCode: CURRENCY, amount: `${amount}.00` })

/** Works through a list, so many at a time; the first fault ends it when what was begun has ended. */
export const eachOf = async <T>(
  items: readonly T[],
  parallel: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> => {
  const rest = items.entries()
  const faults: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (faults.length > 0) return
      await work(item, index).catch((error: unknown) => faults.push(error))
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  if (faults.length > 0) throw faults[0]
}
