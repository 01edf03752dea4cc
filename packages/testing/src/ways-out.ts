import { describe, expect, test } from 'vitest'

/** How the records of a state table are brought into each state and out of it, all through the API. */
export type WaysOut<S extends string> = {
  /** States in which nothing is left to do with a record. */
  readonly ends: readonly S[]
  /** Makes a record that is in the state, and answers its id. */
  readonly into: Readonly<Record<S, () => Promise<string>>>
  /** The step that takes a record out of the state on its way to an end; one for each state that is none. */
  readonly out: Partial<Readonly<Record<S, (id: string) => Promise<unknown>>>>
  readonly statusOf: (id: string) => Promise<S>
}

/** The word of a state table for a value of the contract: `customer_confirmed` for CUSTOMER_CONFIRMED. */
export const wordFor = <S extends string>(statuses: Readonly<Record<string, number | string>>, status: number): S => {
  const [name = ''] = Object.entries(statuses).find(([, value]) => value === status) ?? []
  return name.toLowerCase() as S
}

/** The states from which no way leads to an end. */
const stranded = <S extends string>(table: Readonly<Record<S, readonly S[]>>, ends: readonly S[]): readonly S[] => {
  const saved = new Set<S>(ends)
  const states = Object.keys(table) as S[]
  for (let before = -1; before !== saved.size; ) {
    before = saved.size
    for (const state of states) if (table[state].some((next) => saved.has(next))) saved.add(state)
  }
  return states.filter((state) => !saved.has(state))
}

/**
 * Two kinds of test for a state table: no state is without a way to an end in the table, and from each state a record walks to an
 * end by calls of the API alone, never twice through the same state.
 */
export const describeWaysOut = <S extends string>(
  what: string,
  table: Readonly<Record<S, readonly S[]>>,
  { ends, into, out, statusOf }: WaysOut<S>,
): void => {
  describe(`ways out of each state of a ${what}`, () => {
    test('the table leads from every state to an end', () => {
      expect(stranded(table, ends)).toEqual([])
    })

    test.each(Object.keys(table) as S[])('%s comes to an end through the API', async (first) => {
      const id = await into[first]()
      expect(await statusOf(id)).toBe(first)
      const seen: S[] = [first]
      for (let status = first; !ends.includes(status); seen.push(status)) {
        const step = out[status]
        if (!step) throw new Error(`no step leads out of ${what} ${status}`)
        await step(id)
        status = await statusOf(id)
        expect(seen).not.toContain(status)
      }
      expect(ends).toContain(seen.at(-1))
    })
  })
}
