import { expect, test } from 'vitest'
import { lagsOf } from './lag.ts'

const bus = {
  extents: async () => [
    { topic: 'orders', partition: 0, low: 0n, high: 10n },
    { topic: 'orders', partition: 1, low: 5n, high: 8n },
    { topic: 'orders', partition: 2, low: 0n, high: 0n },
    { topic: 'customers', partition: 0, low: 0n, high: 7n },
  ],
}
const at = (places: Readonly<Record<string, bigint>>) => ({
  nextOffset: async (_group: string, topic: string, partition: number) => places[`${topic}/${partition}`],
})

test('a group lags by what it has not passed, in its own topics', async () => {
  const groups = [
    { name: 'a', topics: ['orders'], inbox: at({ 'orders/0': 4n, 'orders/1': 8n }) },
    { name: 'b', topics: ['orders', 'customers'], inbox: at({ 'orders/0': 10n, 'orders/1': 8n, 'customers/0': 7n }) },
  ]
  expect(await lagsOf(groups, bus)).toEqual([
    { group: 'a', events: 6 },
    { group: 'b', events: 0 },
  ])
})

test('what the bus no longer keeps is no lag, and a group that never read has all before it', async () => {
  expect(await lagsOf([{ name: 'new', topics: ['orders'], inbox: at({ 'orders/1': 2n }) }], bus)).toEqual([
    { group: 'new', events: 13 },
  ])
})
