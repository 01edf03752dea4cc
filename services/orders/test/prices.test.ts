import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { addDays } from '@saleswright/kernel'
import { mongo } from 'mongoose'
import { describe, expect, test, vi } from 'vitest'
import { goods, INTRODUCTION, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { prices } = stage
const { rep, finance, order } = await selling(stage)
const newGoods = goods(stage, finance)
const customerId = stage.customers.file({ ownerId: rep.id })

const list = { name: '价目', kind: PriceList_Kind.EX_FACTORY, currencyCode: 'CNY', ...INTRODUCTION }
const publish = (validFrom: string, ...entries: readonly { sku: string; amount: string; validFrom?: string }[]) =>
  prices.createPriceList(
    {
      ...list,
      validFrom,
      entries: entries.map(({ sku, amount, ...own }) => ({ sku, unitPrice: yuan(amount), ...own })),
    },
    finance.as(),
  )
const priceOf = async (sku: string, businessDate = TODAY) =>
  (await order({ sku, customerId, businessDate })).lines[0]?.unitPrice?.amount

describe('R155: a price', () => {
  test('holds until the next of its product begins; what a list does not name keeps its own', async () => {
    const [a, b] = [await newGoods({ exFactory: '10.00' }), await newGoods({ exFactory: '20.00' })]
    await publish(TODAY, { sku: a, amount: '11.00' })
    expect([await priceOf(a), await priceOf(a, addDays(TODAY, -1)), await priceOf(b)]).toEqual([
      '11.00',
      '10.00',
      '20.00',
    ])
  })

  test('may have a day of its own within a list', async () => {
    const [a, b] = [await newGoods({}), await newGoods({})]
    await publish('2026-01-01', { sku: a, amount: '10.00' }, { sku: b, amount: '20.00', validFrom: TODAY })
    expect(await priceOf(b)).toBe('20.00')
    await expect(priceOf(b, addDays(TODAY, -1))).rejects.toMatchObject({ code: 'no_price' })
  })

  test('begins once a day, whichever list names it, and the answer says which one did', async () => {
    const sku = await newGoods({})
    const { priceListId } = await publish(TODAY, { sku, amount: '10.00' })
    await expect(publish(TODAY, { sku, amount: '11.00' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'price_exists',
      params: { sku, validFrom: TODAY, priceListId },
    })
    expect(await priceOf(sku)).toBe('10.00')
  })

  test('has up to six decimals, and a line is rounded once', async () => {
    const sku = await newGoods({ exFactory: '16.448' })
    const taken = await order({ sku, customerId, quantity: '1000' })
    expect(taken).toMatchObject({ net: yuan('16448.00'), lines: [{ unitPrice: yuan('16.448') }] })
  })

  test('R156: is not published without the reason why it changes', async () => {
    const sku = await newGoods({})
    const entries = [{ sku, unitPrice: yuan('10.00') }]
    const without = (why: object) =>
      prices.createPriceList({ ...list, validFrom: TODAY, entries, ...why }, finance.as())
    for (const why of [{ reason: '' }, { reason: '   ' }]) {
      await expect(without(why)).rejects.toMatchObject({ kind: 'invalid', violations: [{ field: 'reason' }] })
    }
    await expect(without({ reasonCode: PriceList_Change_Reason.REASON_UNSPECIFIED })).rejects.toMatchObject({
      violations: [{ field: 'reasonCode' }],
    })
    const floor = { sku, kind: PriceList_Kind.EX_FACTORY, repFloor: yuan('9'), managerFloor: yuan('8') }
    await expect(prices.createPriceFloor({ ...floor, validFrom: TODAY }, finance.as())).rejects.toMatchObject({
      violations: [{ field: 'reasonCode' }],
    })
    const reasonCode = PriceList_Change_Reason.COST
    expect(await without({ reason: '成本上升', reasonCode })).toMatchObject({ reason: '成本上升', reasonCode })
  })
})

describe('a correction', () => {
  const correct = (priceListId: string, sku: string, amount: string) =>
    prices.correctPrice({ priceListId, sku, unitPrice: yuan(amount), reason: '录入错误' }, finance.as())

  test('mends a typo of today, keeps what it was, and orders that were taken keep their price', async () => {
    const sku = await newGoods({})
    const { priceListId } = await publish('2026-01-01', { sku, amount: '1644.80' })
    const taken = await order({ sku, customerId })
    const mended = await correct(priceListId, sku, '16.448')
    expect(mended).toMatchObject({
      entries: [{ sku, unitPrice: yuan('16.448') }],
      corrections: [
        {
          sku,
          validFrom: '2026-01-01',
          before: yuan('1644.80'),
          after: yuan('16.448'),
          reason: '录入错误',
          correctedBy: finance.id,
        },
      ],
    })
    expect(await priceOf(sku)).toBe('16.448')
    expect(await stage.orders.getOrder({ orderId: taken.orderId }, rep.as())).toMatchObject({ net: yuan('1644.80') })
    expect(await stage.namesOf(priceListId)).toEqual(['PriceListPublished', 'PriceCorrected'])
  })

  test('of a product that the list does not name is refused', async () => {
    const sku = await newGoods({})
    const { priceListId } = await publish(TODAY, { sku, amount: '10.00' })
    await expect(correct(priceListId, 'NOTHING', '13.00')).rejects.toMatchObject({ code: 'price_not_found' })
  })
})

describe('R161: the prices in force', () => {
  test('are listed with the day of the next ones', async () => {
    const sku = await newGoods({ exFactory: '10.00', wholesale: '8.00' })
    await publish('2027-01-01', { sku, amount: '11.00' })
    const shown = async (request: object) => (await prices.listPrices({ sku, ...request }, rep.as())).prices
    expect(await shown({})).toMatchObject([
      {
        sku,
        kind: PriceList_Kind.EX_FACTORY,
        unitPrice: yuan('10.00'),
        validFrom: '2010-01-01',
        validUntil: '2027-01-01',
      },
      { sku, kind: PriceList_Kind.WHOLESALE, unitPrice: yuan('8.00') },
    ])
    expect(await shown({ kind: PriceList_Kind.EX_FACTORY, on: '2027-01-01' })).toMatchObject([
      { unitPrice: yuan('11.00') },
    ])
    expect(await shown({ on: '2009-12-31' })).toEqual([])
  })

  test('a partner sees the own ones of today, as an order would have them, and no others', async () => {
    const sku = await newGoods({ exFactory: '10.00', wholesale: '8.00', retail: '15.00' })
    const single = await newGoods({ exFactory: '7.00' })
    const dealer = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
    const partner = await stage.partner(dealer)
    const shown = async (request: object) => (await prices.listPrices(request, partner.as())).prices
    expect(await shown({ sku })).toMatchObject([{ unitPrice: yuan('8.00'), kind: PriceList_Kind.WHOLESALE }])
    expect(await shown({ sku: single })).toMatchObject([{ unitPrice: yuan('7.00') }])
    for (const request of [{ kind: PriceList_Kind.EX_FACTORY }, { on: '2026-01-01' }]) {
      await expect(shown({ sku, ...request })).rejects.toMatchObject({ kind: 'forbidden', code: 'price_not_shown' })
    }
    await expect(prices.listPriceLists({}, partner.as())).rejects.toMatchObject({ code: 'not_for_partners' })
  })
})

describe('R163: floors', () => {
  test('do not cross, are for what is sold, and begin once a day for each kind of list', async () => {
    const sku = await newGoods({ floors: ['9.00', '8.00'] })
    const floor = { sku, kind: PriceList_Kind.EX_FACTORY, ...INTRODUCTION, validFrom: '2027-01-01' }
    const set = (changes: object) =>
      prices.createPriceFloor(
        { ...floor, repFloor: yuan('50.00'), managerFloor: yuan('50.00'), ...changes },
        finance.as(),
      )
    await expect(set({ managerFloor: yuan('60.00') })).rejects.toMatchObject({ code: 'floors_crossed' })
    await set({})
    await expect(set({})).rejects.toMatchObject({ code: 'price_floor_exists' })
    await set({ kind: PriceList_Kind.WHOLESALE })
    await expect(set({ sku: 'NOTHING' })).rejects.toMatchObject({ code: 'unknown_sku' })
    const { priceFloors } = await prices.listPriceFloors({ sku }, finance.as())
    expect(priceFloors.map(({ kind, validUntil }) => [kind, validUntil])).toEqual([
      [PriceList_Kind.WHOLESALE, undefined],
      [PriceList_Kind.EX_FACTORY, undefined],
      [PriceList_Kind.EX_FACTORY, '2027-01-01'],
    ])
  })

  test('are changed over the whole company alone', async () => {
    const sku = await newGoods({})
    const clerk = await stage.someone(everything('subtree'))
    const request = { ...list, validFrom: TODAY, entries: [{ sku, unitPrice: yuan('1.00') }] }
    await expect(prices.createPriceList(request, clerk.as())).rejects.toMatchObject({ code: 'permission_missing' })
  })
})

/** The products of which some part of the catalog is read while something is done. */
const readDuring = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const find = vi.spyOn(mongo.Collection.prototype, 'find')
  try {
    await work()
    const catalog = ['products', 'product_prices', 'priceFloors']
    return find.mock.calls.flatMap(([filter], call) => {
      const { collectionName } = find.mock.contexts[call] as mongo.Collection
      return catalog.includes(collectionName) ? ((filter?.sku?.$in as readonly string[]) ?? ['everything']) : []
    })
  } finally {
    find.mockRestore()
  }
}

describe('a change of the catalog', async () => {
  const [changed, ...others] = [await newGoods({}), await newGoods({}), await newGoods({})]
  const { priceListId } = await publish(TODAY, ...[changed, ...others].map((sku) => ({ sku, amount: '10.00' })))
  const { products } = await stage.products.listProducts({ sku: changed }, finance.as())
  const productId = products[0]?.productId ?? ''
  const floor = { sku: changed, kind: PriceList_Kind.EX_FACTORY, repFloor: yuan('8'), managerFloor: yuan('7') }
  const CHANGES = {
    product: () => stage.products.updateProduct({ productId, name: '新阀门' }, finance.as()),
    list: () => publish('2027-01-01', { sku: changed, amount: '11.00' }),
    correction: () =>
      prices.correctPrice({ priceListId, sku: changed, unitPrice: yuan('9.00'), reason: '录入错误' }, finance.as()),
    floor: () => prices.createPriceFloor({ ...floor, validFrom: '2026-01-01', ...INTRODUCTION }, finance.as()),
  }
  const orderAll = () =>
    order({ sku: changed, customerId, lines: [changed, ...others].map((sku) => ({ sku, quantity: '1' })) })

  test.each(Object.entries(CHANGES))(
    '(%s) makes the next order read that product again, and no other',
    async (_, change) => {
      await orderAll()
      expect(await readDuring(orderAll)).toEqual([])
      await change()
      expect(new Set(await readDuring(orderAll))).toEqual(new Set([changed]))
    },
  )
})
