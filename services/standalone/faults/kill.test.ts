import { type Answer, allOf, pay, Unanswered } from '@saleswright/testing/driver'
import type { Trap } from '@saleswright/testing/faults'
import { broken } from '@saleswright/testing/ledger'
import { expect, test } from 'vitest'
import { aKillableCompany, aWish, copyOf, type Killing, said } from './stage.ts'

const stage = await aKillableCompany()
const { company, dieIn, driver } = stage

const IN_FLIGHT = 8
const HIT = 6
const someWishes = () => Array.from({ length: 16 }, () => aWish(company))

test.each([
  { point: 'command.written', inFlight: 1, replays: [] },
  { point: 'command.committed', inFlight: 1, replays: [HIT] },
  { point: 'command.committed', inFlight: IN_FLIGHT, replays: undefined },
])('F1: killed at $point with $inFlight in flight, an order is there once or not at all', async (death) => {
  const { point, inFlight, replays } = death
  const wishes = someWishes()
  const trap: Trap = { at: 'point', context: 'orders', point, hit: HIT }
  const tries: (Answer | undefined)[] = []
  const died = await dieIn(trap, async () => tries.push(...(await allOf(wishes, inFlight, driver.ask))))
  expect(died).toEqual({ signal: 'SIGKILL', at: `orders ${point} ${HIT}` })
  const before = await stage.ledger()
  expect(broken(before), said(before)).toEqual([])

  const answers = await allOf(wishes, IN_FLIGHT, driver.place)
  expect(answers.map(({ status }) => status)).toEqual(wishes.map(() => 201))
  // Of those that got no answer, the one that had been committed is answered as it was to be; all others are done now.
  const late = answers.flatMap(({ replayed }, index) => (replayed && !tries[index] ? [index + 1] : []))
  if (replays) expect(late).toEqual(replays)
  else expect(late.length).toBeGreaterThan(0)
  const after = await stage.ledger()
  expect(broken(after), said(after)).toEqual([])
})

/** Orders of one customer who prepays. */
const ordersToPay = async ({ driver: { place } }: Killing): Promise<readonly string[]> => {
  const wishes = Array.from({ length: 4 }, () => aWish(company, { customerId: company.customerIds.at(-1) ?? '' }))
  return (await allOf(wishes, IN_FLIGHT, place)).map(({ json }) => String(json.orderId))
}

/** The platform may die before the money is confirmed, or when it has been and nobody was told. */
const payUntilDeath = ({ http, hands }: Killing, orderIds: readonly string[]): Promise<void> =>
  pay(http(), hands(), orderIds).catch((error: unknown) => {
    if (!(error instanceof Unanswered)) throw error
  })

test.each([
  { when: 'before its transaction', point: 'consumer.received accrual', hit: 1 },
  { when: 'in the middle of a batch', point: 'consumer.applying accrual', hit: 3 },
  { when: 'after its transaction, before the broker knows', point: 'consumer.applied accrual', hit: 1 },
])('F3: a consumer that is killed $when has its effects once', async ({ point, hit }) => {
  const orderIds = await ordersToPay(stage)
  const trap: Trap = { at: 'point', context: 'incentives', point, hit }
  const death = await dieIn(trap, () => payUntilDeath(stage, orderIds))
  expect(death).toEqual({ signal: 'SIGKILL', at: `incentives ${point} ${hit}` })
  await pay(stage.http(), stage.hands(), orderIds)
  const findings = await stage.ledger()
  expect(broken(findings), said(findings)).toEqual([])
  expect(findings.find(({ rule }) => rule === 'L6')?.checked).toBeGreaterThanOrEqual(orderIds.length)
})

const INBOX = ['incentives.inbox', 'incentives.inbox_batches', 'incentives.consumer_offsets']

test('without transactions the ledger check finds what a kill leaves', async () => {
  const copy = await copyOf(stage)
  const orderIds = await ordersToPay(copy)
  const effects: Trap = { at: 'split', of: 'incentives.commission_lines', without: INBOX }
  const death = await copy.dieIn(effects, () => payUntilDeath(copy, orderIds))
  expect(death).toEqual({ signal: 'SIGKILL', at: 'split incentives.commission_lines' })
  const doubled = await copy.ledger()
  expect(broken(doubled), said(doubled)).toEqual(['L5'])

  const order: Trap = { at: 'split', of: 'orders.orders', without: ['orders.events', 'orders.outbox'] }
  const second = await copy.dieIn(order, () => copy.driver.ask(aWish(company)))
  expect(second).toEqual({ signal: 'SIGKILL', at: 'split orders.orders' })
  const torn = await copy.ledger()
  expect(broken(torn), said(torn)).toEqual(expect.arrayContaining(['L4', 'L5', 'L8']))
})
