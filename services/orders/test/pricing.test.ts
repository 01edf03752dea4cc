import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { Order_PriceApproval_State, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage } from './stage.ts'

const stage = await openStage()
const { orders, products, prices } = stage
const { rep, finance, order } = await selling(stage)
const newGoods = goods(stage, finance)
const customerId = stage.customers.file({ ownerId: rep.id })
const sku = await newGoods({ exFactory: '100.00', wholesale: '80.00', taxRate: '0.13', floors: ['90.00', '85.00'] })

const agreed = (amount: string, quantity = '1') => ({
  customerId,
  lines: [{ sku, quantity, agreedUnitPrice: yuan(amount) }],
  sku,
})

describe('what an order costs', () => {
  test('R161, R165: the list price of the day, with its tax', async () => {
    const taken = await order({ sku, quantity: '2.5', customerId })
    expect(taken).toMatchObject({ net: yuan('250.00'), tax: yuan('32.50'), gross: yuan('282.50') })
    expect(taken.lines[0]).toMatchObject({ listUnitPrice: yuan('100.00'), unitPrice: yuan('100.00') })
    expect(taken).toMatchObject({ status: Order_Status.DRAFT, priceApproval: Order_PriceApproval_State.NOT_NEEDED })
  })

  test('R155, R159: a channel partner buys at wholesale, whoever enters the order', async () => {
    const dealer = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
    expect((await order({ sku, customerId: dealer })).lines[0]).toMatchObject({ unitPrice: yuan('80.00') })
  })

  test('a price that was published a moment ago is in force', async () => {
    const fresh = await newGoods({ exFactory: '7.00' })
    expect(await order({ sku: fresh, customerId })).toMatchObject({ net: yuan('7.00') })
  })
})

describe('R163: agreed prices', () => {
  test.each([
    ['90.00', Order_PriceApproval_State.NOT_NEEDED],
    ['120.00', Order_PriceApproval_State.NOT_NEEDED],
    ['89.99', Order_PriceApproval_State.PENDING],
    ['84.99', Order_PriceApproval_State.PENDING],
  ])('%s', async (amount, priceApproval) => {
    expect(await order(agreed(amount))).toMatchObject({ priceApproval })
  })

  test('below the manager floor the higher authority is asked, about the amount and the content of the order', async () => {
    const taken = await order(agreed('84.99', '2'))
    const needed = (await stage.told()).find(
      (event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === taken.orderId,
    )
    expect(needed).toMatchObject({
      class: 'price_under_manager_floor',
      amount: yuan('169.98'),
      subject: `orders/${taken.orderId}`,
      requesterId: rep.id,
      interestedIds: [rep.id],
      caseId: taken.approvalId,
    })
  })

  test('R166: need their own permission', async () => {
    const clerk = await stage.someone(everything('company', 'orders.price'))
    await expect(order(agreed('100.00'), clerk)).rejects.toMatchObject({ kind: 'forbidden', code: 'price_not_yours' })
  })

  test('who cancels withdraws the case', async () => {
    const { orderId } = await order(agreed('89.99'))
    await orders.cancelOrder({ orderId, reason: '客户放弃' }, rep.as())
    expect(await stage.namesOf(orderId)).toEqual([
      'OrderCreated',
      'ApprovalNeeded',
      'OrderCancelled',
      'ApprovalWithdrawn',
    ])
  })
})

describe('what is refused', () => {
  test('what nobody sells, and what has no price', async () => {
    await expect(order({ sku: 'NOTHING', customerId })).rejects.toMatchObject({
      code: 'unknown_sku',
      violations: [expect.objectContaining({ field: 'lines[0].sku' })],
    })
    await expect(order({ sku: await newGoods({}), customerId })).rejects.toMatchObject({ code: 'no_price' })
  })

  test('a customer whom nobody knows', async () => {
    await expect(order({ sku, customerId: newId() })).rejects.toMatchObject({ code: 'customer_not_found' })
  })

  test('a date that lies too far back, without migration', async () => {
    await expect(order({ sku, customerId, businessDate: '2026-03-06' })).rejects.toMatchObject({
      code: 'business_date_too_early',
    })
  })

  test('what only a migration may say', async () => {
    await expect(order({ sku, customerId, recordedFor: newId() })).rejects.toMatchObject({ code: 'migration_needed' })
    await expect(order({ sku, customerId, externalRef: { system: 'crm', id: '1' } })).rejects.toMatchObject({
      code: 'migration_needed',
    })
  })

  test('another owner than those the caller answers for', async () => {
    const alone = await stage.someone(everything('self'))
    await expect(order({ sku, customerId, ownerId: rep.id }, alone)).rejects.toMatchObject({ code: 'not_your_unit' })
    expect(await order({ sku, customerId }, alone)).toMatchObject({ ownerId: alone.id })
  })
})

describe('the catalog', () => {
  const entries = [{ sku, unitPrice: yuan('100.00') }]
  const list = { name: '零售', kind: PriceList_Kind.RETAIL, currencyCode: 'CNY', reason: '成本' }

  test('R155: a list holds until the next of its kind begins, and two cannot begin on one day', async () => {
    const first = await prices.createPriceList({ ...list, validFrom: '2026-01-01', entries }, finance.as())
    await prices.createPriceList({ ...list, validFrom: '2026-02-01', entries }, finance.as())
    expect(await prices.getPriceList({ priceListId: first.priceListId }, finance.as())).toMatchObject({
      validFrom: '2026-01-01',
      validUntil: '2026-02-01',
    })
    await expect(
      prices.createPriceList({ ...list, validFrom: '2026-02-01', entries }, finance.as()),
    ).rejects.toMatchObject({ code: 'price_list_overlaps' })
  })

  test('R156: no list is published without the reason why prices change', async () => {
    const without = (reason: string) =>
      prices.createPriceList({ ...list, reason, validFrom: '2026-04-01', entries }, finance.as())
    for (const reason of ['', '   ']) {
      await expect(without(reason)).rejects.toMatchObject({ kind: 'invalid', violations: [{ field: 'reason' }] })
    }
    expect(await without('成本上升')).toMatchObject({ reason: '成本上升', validFrom: '2026-04-01' })
  })

  test('R163: floors do not cross, are for what is sold, and begin once a day', async () => {
    const floor = { sku, repFloor: yuan('50.00'), managerFloor: yuan('60.00'), validFrom: '2027-01-01' }
    await expect(prices.createPriceFloor(floor, finance.as())).rejects.toMatchObject({ code: 'floors_crossed' })
    const good = { ...floor, managerFloor: yuan('50.00') }
    await prices.createPriceFloor(good, finance.as())
    await expect(prices.createPriceFloor(good, finance.as())).rejects.toMatchObject({ code: 'price_floor_exists' })
    await expect(prices.createPriceFloor({ ...good, sku: 'NOTHING' }, finance.as())).rejects.toMatchObject({
      code: 'unknown_sku',
    })
    const { priceFloors } = await prices.listPriceFloors({ sku }, finance.as())
    expect(priceFloors.map(({ validUntil }) => validUntil)).toEqual([undefined, '2027-01-01'])
  })

  test('R169: a product is found by its name, changed on sight, and not made twice', async () => {
    const product = await products.createProduct(
      { sku: `PUMP-${newId()}`, name: '不锈钢离心泵', uom: '台', taxRate: '0.13', stocked: true },
      finance.as(),
    )
    for (const q of ['离心', '泵', 'bxg']) {
      const found = await products.listProducts({ q }, finance.as())
      expect(found.products.map(({ productId }) => productId)).toEqual([product.productId])
    }
    const changed = await products.updateProduct(
      { productId: product.productId, name: '离心泵', active: false, etag: product.etag },
      finance.as(),
    )
    expect(changed).toMatchObject({ name: '离心泵', active: false })
    await expect(
      products.updateProduct({ productId: product.productId, name: '泵', etag: product.etag }, finance.as()),
    ).rejects.toMatchObject({ kind: 'stale' })
    await expect(order({ sku: product.sku, customerId })).rejects.toMatchObject({ code: 'product_inactive' })
    await expect(
      products.createProduct({ sku: product.sku, name: '泵', uom: '台', taxRate: '0' }, finance.as()),
    ).rejects.toMatchObject({ code: 'product_exists' })
  })
})
