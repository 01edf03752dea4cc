import { connectStore } from '@saleswright/store'
import { allOf, bodyOf, httpTo, orderDriver, pay } from '@saleswright/testing/driver'
import { cuttingProxy } from '@saleswright/testing/faults'
import { broken } from '@saleswright/testing/ledger'
import { expect, onTestFinished, test } from 'vitest'
import { forget, publishAgain, rewind } from './again.ts'
import { aCompanyHere, aWish, said } from './stage.ts'

let received = 0
const stage = await aCompanyHere((point) => {
  if (point.includes('consumer.received')) received++
})
const { company, driver, journal } = stage

const sound = async (): Promise<void> => {
  const findings = await stage.ledger()
  expect(broken(findings), said(findings)).toEqual([])
}

const AT_ONCE = 64

test('F11: 64 requests at once under one key have one effect, and another body is refused', async () => {
  const wish = aWish(company, { externalOrderNo: undefined })
  const answers = await allOf(
    Array.from({ length: AT_ONCE }, () => wish),
    AT_ONCE,
    driver.ask,
  )
  const kinds = Map.groupBy(answers, (answer) => `${answer?.status} ${answer?.replayed ? 'replayed' : ''}`)
  expect(kinds.get('201 ')).toHaveLength(1)
  const others = (kinds.get('201 replayed')?.length ?? 0) + (kinds.get('409 ')?.length ?? 0)
  expect(others, [...kinds.keys()].join()).toBe(AT_ONCE - 1)
  expect(new Set(answers.flatMap((answer) => (answer?.status === 201 ? [answer.text] : []))).size).toBe(1)

  const other = bodyOf({ ...wish, lines: wish.lines.slice(1) })
  const sent = { token: stage.hands().seller, key: wish.key, requestId: wish.key, body: other }
  const refused = await stage.http().call('POST', '/v1/orders', sent)
  expect(refused).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } })
  await sound()
})

/** Through a proxy that loses every answer. */
const lostOnce = async (wish: ReturnType<typeof aWish>): Promise<void> => {
  const proxy = await cuttingProxy(stage.platform().address)
  onTestFinished(proxy.close)
  const http = httpTo(proxy.address)
  const cut = orderDriver(
    () => http,
    () => stage.hands().seller,
    journal,
  )
  expect(await cut.ask(wish)).toBeUndefined()
  expect(proxy.cuts()).toBe(1)
}

test('F11: an answer that was lost comes again when it is asked for again', async () => {
  const wish = aWish(company, { externalOrderNo: undefined })
  await lostOnce(wish)
  const answer = await driver.place(wish)
  expect(answer).toMatchObject({ status: 201, replayed: true })
  expect(await driver.place(wish)).toMatchObject({ text: answer.text, replayed: true })
  await sound()
})

test('F9: events that come two to five times, and whole topics that come again, have no new effects', async () => {
  const [first] = company.customerIds.slice(-1)
  const wishes = Array.from({ length: 6 }, () => aWish(company, { customerId: first ?? '' }))
  const orders = await allOf(wishes, 4, driver.place)
  await pay(
    stage.http(),
    stage.hands(),
    orders.map(({ json }) => String(json.orderId)),
  )
  await sound()

  const before = received
  const copies = await publishAgain(stage.platform())
  expect(copies).toBeGreaterThan(100)
  await sound()
  expect(received).toBeGreaterThan(before)

  const rewound = received
  await stage.again(rewind)
  await sound()
  // Batches with events to apply were delivered again, to groups that had had them.
  expect(received).toBeGreaterThan(rewound)
})

test('without marks the ledger check finds the second order, without the inbox the second effect', async () => {
  const wish = aWish(company, { externalOrderNo: undefined })
  await lostOnce(wish)
  const connection = await connectStore(stage.platform().mongo)
  await connection.useDb('orders').collection('command_marks').deleteMany({})
  await connection.close()
  expect(await driver.place(wish)).toMatchObject({ status: 201, replayed: false })
  const twice = await stage.ledger()
  expect(broken(twice), said(twice)).toEqual(['L2', 'L3'])

  await stage.again(forget)
  const doubled = await stage.ledger()
  expect(broken(doubled), said(doubled)).toEqual(expect.arrayContaining(['L5']))
})
