import { create } from '@bufbuild/protobuf'
import { dateOf, sentence } from '@saleswright/contracts'
import {
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderCreatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type AppError, newId } from '@saleswright/kernel'
import { openStore } from '@saleswright/store'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { digestOf } from '../src/rebuild/digest.ts'
import { REBUILD_LEASE } from '../src/rebuild/rebuilder.ts'
import { COMPANY, type Fact } from './facts.ts'
import { allReports, openStage } from './stage.ts'
import { ANN, O1, ROOT, SHOP, STORY } from './story.ts'

// So few that a rebuild takes its rows in several shares.
const stage = await openStage({ REPORTING_REBUILD_ROWS: '20' })
const { reports, someone, tell, drained, store } = stage
const director = await someone([...allReports('company'), 'reports.rebuild@company'])

beforeAll(() => stage.tellStory(STORY))

const anOrder = (amount: string, orderId = newId()): Fact => ({
  aggregateId: orderId,
  event: create(OrderCreatedSchema, {
    orderId,
    ownerId: ANN,
    unitId: SHOP,
    orgPath: [ROOT, SHOP],
    businessDate: '2018-01-01',
    net: { currencyCode: 'CNY', amount },
    lines: [{ sku: 'GTX', net: { currencyCode: 'CNY', amount } }],
  }),
})

const of2018 = { report: 'sales', from: '2018-01-01' }
const orderedIn = async (request: object) => {
  const { totals } = await reports.getReport(request, director.as())
  return totals[0]?.amounts.ordered?.amount ?? '0.00'
}
const rebuild = (key?: string) => reports.rebuildReadModels({}, director.as(key))
const rows = (collection: string) => store.connection.collection<{ _id: string }>(collection)

describe('waiting for an event', () => {
  test('gives a report that holds it', async () => {
    const waitFor = await tell('orders', anOrder('1.00'))
    expect(await orderedIn({ ...of2018, waitFor })).toBe('1.00')
  })

  test('holds what was told together with it, also when no figure comes of the event itself', async () => {
    const order = anOrder('2.00')
    const orderId = order.aggregateId
    const event = create(OrderConfirmedSchema, { orderId, businessDate: '2018-01-01' })
    const waitFor = await tell('orders', order, { aggregateId: orderId, event })
    expect(await orderedIn({ ...of2018, waitFor })).toBe('3.00')
  })

  test('that nobody told ends with a refusal after two seconds, and says when to come back', async () => {
    const refused = reports.getReport({ ...of2018, waitFor: newId() }, director.as())
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', code: 'report_behind', retryAfterSeconds: 1 })
  })

  test.each([
    ['of no version 7', '0b6a1c5e-7d3f-4c1a-9b1e-2f5d6a7b8c9d'],
    ['of a later time than now', `0200${newId().slice(4)}`],
  ])('is refused at once where an id %s can belong to no event', async (_, waitFor) => {
    const refused = reports.getReport({ ...of2018, waitFor }, director.as())
    await expect(refused).rejects.toMatchObject({
      kind: 'invalid',
      code: 'event_id_unknown',
      violations: [{ field: 'waitFor', rule: 'event_id' }],
    })
  })

  test('that was told long ago does not wait', async () => {
    const longAgo = `0187${newId().slice(4)}`
    expect(await orderedIn({ ...of2018, waitFor: longAgo })).toBe('3.00')
  })
})

test('R531: a report says up to when everything is in it: now, when all events are', async () => {
  await drained()
  const before = Date.now()
  const { freshAsOf } = await reports.getReport(of2018, director.as())
  expect(dateOf(freshAsOf)?.getTime()).toBeGreaterThanOrEqual(before)
})

describe('L9: a rebuild', () => {
  test('comes to the same bytes as the events that were applied one by one', async () => {
    await drained()
    const live = await digestOf(store)
    const rebuilt = await rebuild()
    expect(rebuilt).toMatchObject({ digest: live, previousDigest: live })
    expect(Number(rebuilt.events)).toBe(STORY.length + 3)
    expect(await digestOf(store)).toBe(live)
  })

  test('mends what was changed, lost or made up, and says so', async () => {
    const live = await digestOf(store)
    const collection = (await rows('collections').findOne({ net: 20_000 }))!
    await rows('orders').updateOne({ _id: O1 }, { $set: { net: 1 } })
    await rows('collections').deleteOne({ _id: collection._id })
    await rows('orders').insertOne({ ...(await rows('orders').findOne({ _id: O1 })), _id: newId() })
    const broken = await digestOf(store)
    expect(broken).not.toBe(live)
    expect(await rebuild()).toMatchObject({ digest: live, previousDigest: broken })
  })

  test('asked for twice with one key is done once', async () => {
    const key = newId()
    const first = await rebuild(key)
    await tell('orders', anOrder('4.00'))
    await drained()
    const onReplay = vi.fn()
    expect(await reports.rebuildReadModels({}, { ...director.as(key), onReplay })).toEqual(first)
    expect(onReplay).toHaveBeenCalledOnce()
    expect((await rebuild()).digest).not.toBe(first.digest)
  })

  test('goes on beside events that come meanwhile, and loses none', async () => {
    const before = Number(await orderedIn(of2018))
    const ids = Array.from({ length: 60 }, newId)
    let isTold = false
    const telling = (async () => {
      for (const [index, id] of ids.entries()) {
        const event = create(OrderCancelledSchema, { orderId: id, businessDate: '2018-01-02' })
        await tell('orders', anOrder('1.00', id))
        if (index % 3 === 0) await tell('orders', { aggregateId: id, event })
      }
      isTold = true
    })()
    const first = await rebuild()
    while (!isTold) await rebuild()
    await telling
    await drained()
    expect(await orderedIn(of2018)).toBe((before + 40).toFixed(2))
    const { digest, previousDigest, events } = await rebuild()
    expect(digest).toBe(previousDigest)
    expect(first.events).toBeLessThan(events)
  })

  test('under way elsewhere is refused for now, and the refusal says when and how to come back', async () => {
    const { acquireLease } = openStore({ connection: store.connection, name: 'reporting' }).eventLog
    const lease = async (ms: number) => expect(await acquireLease(REBUILD_LEASE, 'another replica', ms)).toBe(true)
    await lease(60_000)
    const refusal: unknown = await rebuild().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ kind: 'unavailable', code: 'rebuild_under_way', retryAfterSeconds: 5 })
    expect(sentence(refusal as AppError, 'en')).toMatch(/again shortly with the same Idempotency-Key/)
    expect(sentence(refusal as AppError, 'zh-CN')).toMatch(/稍后用同一幂等键重试/)
    await lease(0)
    expect(await rebuild()).toMatchObject({ digest: await digestOf(store) })
  })

  test('is for those who may', async () => {
    const reader = await someone(['reports.read@company'])
    await expect(reports.rebuildReadModels({}, reader.as())).rejects.toMatchObject({ code: 'permission_missing' })
  })
})

describe('an event that cannot be applied', () => {
  const stray = newId()
  const event = create(OrderCancelledSchema, { orderId: stray, businessDate: '2018-01-02' })

  test('is parked; reports stay as fresh as the time before it, and go on for everything else', async () => {
    const waitFor = await tell('orders', { aggregateId: stray, event })
    await drained()
    expect(await stage.hosted.parkedOf('reporting').list(COMPANY)).toMatchObject([{ aggregateId: stray }])
    await expect(reports.getReport({ ...of2018, waitFor }, director.as())).rejects.toMatchObject({
      code: 'report_behind',
    })
    const ordered = Number(await orderedIn(of2018))
    const freshnessBehind = async (amount: string) => {
      const later = await tell('orders', anOrder(amount))
      return (await reports.getReport({ ...of2018, waitFor: later }, director.as())).freshAsOf
    }
    expect(await freshnessBehind('8.00')).toEqual(await freshnessBehind('16.00'))
    expect(await orderedIn(of2018)).toBe((ordered + 24).toFixed(2))
  })

  test('does not keep a rebuild from the rest, and is not waited for after it', async () => {
    const live = await digestOf(store)
    expect(await rebuild()).toMatchObject({ digest: live })
    const before = Date.now()
    const { freshAsOf } = await reports.getReport(of2018, director.as())
    expect(dateOf(freshAsOf)?.getTime()).toBeGreaterThanOrEqual(before)
  })
})
