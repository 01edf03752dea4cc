import { expect, test } from 'vitest'
import { broken, checkLedger, type Facts, intentsOf, ledgerReport, type Rule, type ServiceFacts } from './ledger.ts'

const CREATED = 'saleswright.orders.v1.OrderCreated'
const PAID = 'saleswright.orders.v1.PaymentAllocated'

const event = (id: string, type: string, aggregateId: string, version = 1) => ({
  id,
  type,
  aggregateId,
  version,
  hash: `#${id}`,
})
const events = [event('e1', CREATED, 'o1'), event('e2', CREATED, 'o2'), event('e3', PAID, 'p1')]

const orders: ServiceFacts = {
  name: 'orders',
  events,
  heads: [
    { collection: 'orders', id: 'o1', version: 1, hash: '#e1' },
    { collection: 'orders', id: 'o2', version: 1, hash: '#e2' },
    { collection: 'payments', id: 'p1', version: 1, hash: '#e3' },
  ],
  waiting: 0,
  published: [...events, ...events.slice(1)],
  groups: [],
  audit: {},
}

const incentives: ServiceFacts = {
  name: 'incentives',
  events: [],
  heads: [],
  waiting: 0,
  published: [],
  groups: [{ group: 'incentives.accrual', from: ['orders'], types: [PAID], seen: ['e3'], parked: [] }],
  audit: {},
}

const SOUND: Facts = {
  intents: [
    { key: 'k1', content: 'c1', tries: 2, unanswered: 1, refused: 0, acked: [{ orderId: 'o1', answer: 'a1' }] },
    { key: 'k2', content: 'c2', tries: 1, unanswered: 1, refused: 0, acked: [] },
    { key: 'k3', content: 'c3', tries: 1, unanswered: 0, refused: 1, acked: [] },
  ],
  orders: [
    { id: 'o1', key: 'k1', customerId: 'c', externalOrderNo: 'PO-1', content: 'c1' },
    { id: 'o2', key: 'k2', customerId: 'c', externalOrderNo: undefined, content: 'c2' },
  ],
  services: [orders, incentives],
  effects: [{ what: 'commission', expected: 1, found: 1 }],
  money: [{ orderId: 'o1', net: 100n, counted: { reporting: 100n, incentives: 100n } }],
  stock: [
    {
      sku: 's',
      onHand: 10n,
      reserved: 3n,
      moves: [
        { onHand: 10n, reserved: 0n },
        { onHand: 0n, reserved: 3n },
      ],
      promised: 3n,
    },
  ],
  exposures: [{ customerId: 'c', amount: 5n, changes: [7n, -2n], owed: 5n }],
  rebuilt: { events: 3, digest: 'd', previousDigest: 'd' },
}

const withOrders = (change: Partial<ServiceFacts>): Facts => ({
  ...SOUND,
  services: [{ ...orders, ...change }, incentives],
})
const withGroup = (change: object): Facts => {
  const groups = incentives.groups.map((group) => ({ ...group, ...change }))
  return { ...SOUND, services: [orders, { ...incentives, groups }] }
}
const [first, second, third] = SOUND.intents
const [one, two] = SOUND.orders

test('a sound ledger holds, and says of each rule how much it saw', () => {
  const findings = checkLedger(SOUND)
  expect(findings.map(({ rule, checked, faults }) => [rule, checked, faults])).toEqual([
    ['L1', 1, []],
    ['L2', 2, []],
    ['L3', 3, []],
    ['L4', 3, []],
    ['L5', 1, []],
    ['L6', 1, []],
    ['L7', 2, []],
    ['L8', 3, []],
    ['L9', 3, []],
  ])
})

test('what a run has nothing for is said', () => {
  const none = { intents: [], orders: [], services: [], effects: [], money: [], stock: [], exposures: [] }
  expect(ledgerReport(checkLedger({ ...none, rebuilt: undefined })).match(/not exercised/g)).toHaveLength(9)
})

const cases: readonly (readonly [string, readonly Rule[], Facts])[] = [
  ['an acknowledged order is gone', ['L1', 'L3'], { ...SOUND, orders: [two!] }],
  ['an acknowledged order says something else', ['L1'], { ...SOUND, orders: [{ ...one!, content: 'x' }, two!] }],
  ['a key has two orders', ['L2', 'L3'], { ...SOUND, orders: [one!, two!, { ...two!, id: 'o3' }] }],
  ['a number has two orders', ['L2'], { ...SOUND, orders: [one!, two!, { ...one!, id: 'o3', key: '' }] }],
  [
    'a key was answered in two ways',
    ['L2'],
    { ...SOUND, intents: [{ ...first!, acked: [...first!.acked, { orderId: 'o1', answer: 'a2' }] }, second!, third!] },
  ],
  ['what was refused left an order', ['L3'], { ...SOUND, orders: [one!, two!, { ...two!, id: 'o3', key: 'k3' }] }],
  [
    'a record changed without an event',
    ['L4', 'L8'],
    withOrders({ heads: [{ ...orders.heads[0]!, version: 2 }, ...orders.heads.slice(1)] }),
  ],
  ['a record is gone', ['L4'], withOrders({ heads: orders.heads.slice(1) })],
  ['a version is missing', ['L4', 'L8'], withOrders({ events: [event('e1', CREATED, 'o1', 2), ...events.slice(1)] })],
  ['an event waits', ['L4'], withOrders({ waiting: 1 })],
  ['an event was not published', ['L4'], withOrders({ published: events.slice(1) })],
  [
    'something was published that nobody stored',
    ['L4'],
    withOrders({ published: [...events, event('e9', CREATED, 'o9')] }),
  ],
  ['an event was missed', ['L5'], withGroup({ seen: [] })],
  ['an event was had twice', ['L5'], withGroup({ seen: ['e3', 'e3'] })],
  ['an event was parked', ['L5'], withGroup({ parked: ['e3'] })],
  ['an effect came twice', ['L5'], { ...SOUND, effects: [{ what: 'commission', expected: 1, found: 2 }] }],
  ['a cent is missing', ['L6'], { ...SOUND, money: [{ orderId: 'o1', net: 100n, counted: { reporting: 99n } }] }],
  ['stock was promised twice', ['L7'], { ...SOUND, stock: [{ ...SOUND.stock[0]!, promised: 2n }] }],
  [
    'stock was below zero',
    ['L7'],
    { ...SOUND, stock: [{ ...SOUND.stock[0]!, moves: SOUND.stock[0]!.moves.toReversed() }] },
  ],
  ['an exposure was changed by hand', ['L7'], { ...SOUND, exposures: [{ ...SOUND.exposures[0]!, amount: 6n }] }],
  ['a chain was cut', ['L8'], withOrders({ audit: { fault: 'dropped' } })],
  [
    'a record ends in another link',
    ['L8'],
    withOrders({ heads: [{ ...orders.heads[0]!, hash: '#x' }, ...orders.heads.slice(1)] }),
  ],
  ['read models differ', ['L9'], { ...SOUND, rebuilt: { events: 3, digest: 'd', previousDigest: 'x' } }],
]

test.each(cases)('%s: %j', (_, rules, facts) => {
  const findings = checkLedger(facts)
  expect(broken(findings)).toEqual(rules)
  expect(ledgerReport(findings)).toContain(`${rules[0]} BROKEN`)
})

test('a journal says what came of each key', () => {
  const asked = (key: string) => ({ what: 'asked', key, content: `content of ${key}` }) as const
  const answered = (key: string, status: number, more: object = {}) =>
    ({ what: 'answered', key, status, ...more }) as const
  const done = { orderId: 'o1', answer: 'a1' }
  const intents = intentsOf([
    asked('lost'),
    asked('retried'),
    asked('busy'),
    asked('refused'),
    answered('busy', 409, { code: 'command_in_progress' }),
    asked('retried'),
    answered('retried', 201, done),
    answered('refused', 409, { code: 'stock_short' }),
    asked('busy'),
    answered('busy', 503),
  ])
  expect(intents).toEqual([
    { key: 'lost', content: 'content of lost', tries: 1, unanswered: 1, refused: 0, acked: [] },
    { key: 'retried', content: 'content of retried', tries: 2, unanswered: 1, refused: 0, acked: [done] },
    { key: 'busy', content: 'content of busy', tries: 2, unanswered: 2, refused: 0, acked: [] },
    { key: 'refused', content: 'content of refused', tries: 1, unanswered: 0, refused: 1, acked: [] },
  ])
})
