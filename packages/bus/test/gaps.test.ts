import { expect, onTestFinished, test, vi } from 'vitest'
import type { Bus, Gap } from '../src/index.ts'
import { aBroker, aBus, aMember, logged, messages, numbers, range, waitFor } from './support.ts'

const MONTH_AND_A_DAY_MS = 31 * 24 * 3_600_000

/** Publishes messages that are older than a topic keeps. */
const publishLongAgo = async (bus: Bus, from: number, to: number): Promise<void> => {
  vi.setSystemTime(Date.now() - MONTH_AND_A_DAY_MS)
  onTestFinished(() => void vi.useRealTimers())
  try {
    await bus.publish('orders', messages(from, to))
  } finally {
    vi.useRealTimers()
  }
}

const gone = (bus: Bus) =>
  waitFor(async () => {
    const extents = await bus.extents(['orders'])
    expect(extents.reduce((sum, { low }) => sum + low, 0n)).toBeGreaterThan(0n)
    expect(extents.every(({ low, high }) => low === high)).toBe(true)
  })

const sorted = (all: Iterable<number>): number[] => [...new Set(all)].toSorted((a, b) => a - b)

/** Those that the keys of our messages fall into. */
const partitionsOf = (bus: Bus) => sorted(messages(0, 7).map(({ key }) => bus.partitionOf(key, 12)))

test('F15: what went away while a consumer was off is a gap: it stands still, says so, and goes on when it is made up for', async () => {
  const bus = aBus((await aBroker()).address)
  await bus.ensure(['orders'])
  await publishLongAgo(bus, 0, 21)
  await gone(bus)

  const gaps: Gap[] = []
  let refuse = true
  const { received, state } = aMember(bus, 'reporting', {
    places: new Map(partitionsOf(bus).map((partition) => [`orders/${partition}`, 1n])),
    gap: async (gap) => {
      gaps.push(gap)
      if (refuse) throw new Error('the owner does not answer')
      return gap.low
    },
  })
  const waiting = () => state().assigned.filter(({ waits }) => waits?.for === 'gap')
  await waitFor(() => expect(sorted(waiting().map(({ partition }) => partition))).toEqual(partitionsOf(bus)))
  await waitFor(() => expect(waiting()[0]?.waits).toMatchObject({ error: 'the owner does not answer' }))
  expect(logged.filter(({ level, message }) => level === 'error' && message.includes('stands still'))).not.toEqual([])
  await bus.publish('orders', messages(21, 28))
  refuse = false
  await waitFor(() => expect(numbers(received)).toEqual(range(21, 28)))
  expect(waiting()).toEqual([])
  for (const { expected, low } of gaps) expect(expected).toBeLessThan(low)
})

test('a bus that was made anew is a gap too: what is expected lies behind its end', async () => {
  const bus = aBus((await aBroker()).address)
  await bus.ensure(['orders'])
  await bus.publish('orders', messages(0, 7))
  const partition = bus.partitionOf('order-3', 12)
  const gaps: Gap[] = []
  const { received } = aMember(bus, 'reporting', {
    places: new Map([[`orders/${partition}`, 900n]]),
    gap: async (gap) => {
      gaps.push(gap)
      return gap.low
    },
  })
  await waitFor(() => expect(numbers(received)).toEqual(range(0, 7)))
  expect(gaps).toEqual([expect.objectContaining({ partition, expected: 900n, low: 0n })])
})
