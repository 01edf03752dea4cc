import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { Order_PriceApproval_State, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage } from './stage.ts'

const stage = await openStage()
const { orders, products } = stage
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
    const taken = await order({ sku, quantity: '3', customerId })
    expect(taken).toMatchObject({ net: yuan('300.00'), tax: yuan('39.00'), gross: yuan('339.00') })
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

const needOf = async (orderId: string) =>
  (await stage.told()).find((event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === orderId)

describe('R163: agreed prices', () => {
  test.each([
    ['90.00', Order_PriceApproval_State.NOT_NEEDED, undefined],
    ['89.999999', Order_PriceApproval_State.PENDING, 'price_under_rep_floor'],
    ['84.99', Order_PriceApproval_State.PENDING, 'price_under_manager_floor'],
    ['100.01', Order_PriceApproval_State.PENDING, 'price_above_list'],
  ])('%s', async (amount, priceApproval, priceClass) => {
    const taken = await order(agreed(amount))
    expect(taken).toMatchObject({ priceApproval })
    expect(await needOf(taken.orderId)).toEqual(priceClass && expect.objectContaining({ class: priceClass }))
  })

  test('below the manager floor the higher authority is asked, about the amount and the content of the order', async () => {
    const taken = await order(agreed('84.99', '2'))
    expect(await needOf(taken.orderId)).toMatchObject({
      class: 'price_under_manager_floor',
      amount: yuan('169.98'),
      subject: `orders/${taken.orderId}`,
      requesterId: rep.id,
      interestedIds: [rep.id],
      caseId: taken.approvalId,
    })
  })

  test('who has the authority for a price agrees it alone, down to their own floor', async () => {
    const manager = await stage.someone(everything('company'))
    stage.organization.authorise(manager.id, 'price_above_list', 'price_under_rep_floor')
    for (const amount of ['85.00', '120.00']) {
      expect(await order(agreed(amount), manager)).toMatchObject({
        priceApproval: Order_PriceApproval_State.NOT_NEEDED,
      })
    }
    const lower = await order(agreed('84.99'), manager)
    expect(lower).toMatchObject({ priceApproval: Order_PriceApproval_State.PENDING })
    expect(await needOf(lower.orderId)).toMatchObject({ class: 'price_under_manager_floor', requesterId: manager.id })
  })

  test('published prices need nobody, whatever the floors of another list say', async () => {
    const dealer = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
    const taken = await order({ sku, customerId: dealer, confirmed: true })
    expect(taken.lines[0]).toMatchObject({ unitPrice: yuan('80.00'), priceKind: PriceList_Kind.WHOLESALE })
    expect(taken).toMatchObject({
      priceApproval: Order_PriceApproval_State.NOT_NEEDED,
      status: Order_Status.CUSTOMER_CONFIRMED,
    })
  })

  test('R166: a discount needs the permission too, and is on the line and in its net', async () => {
    const lines = [{ sku, quantity: '3', discountRate: '0.05' }]
    const taken = await order({ sku, customerId, lines })
    expect(taken.lines[0]).toMatchObject({ unitPrice: yuan('100.00'), discountRate: '0.05', net: yuan('285.00') })
    const clerk = await stage.someone(everything('company', 'orders.price'))
    await expect(order({ sku, customerId, lines }, clerk)).rejects.toMatchObject({ code: 'price_not_yours' })
  })

  test('R166: need their own permission', async () => {
    const clerk = await stage.someone(everything('company', 'orders.price'))
    await expect(order(agreed('100.00'), clerk)).rejects.toMatchObject({ kind: 'forbidden', code: 'price_not_yours' })
  })

  test('R160: a store pays no more than its list, whatever the policy says', async () => {
    const store = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.RETAILER })
    const above = (amount: string) => order({ ...agreed(amount), customerId: store })
    await expect(above('80.01')).rejects.toMatchObject({ kind: 'conflict', code: 'price_above_list', params: { sku } })
    expect(await above('80.00')).toMatchObject({ priceApproval: Order_PriceApproval_State.NOT_NEEDED })
  })

  test('a migration carries a price above a list that nobody may exceed today, and its trail names it', async () => {
    const importer = await stage.someone([...everything('company'), 'migration@company'])
    const store = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.RETAILER })
    const retail = await newGoods({ retail: '100.00' })
    for (const [customer, article] of [
      [store, sku],
      [customerId, retail],
    ] as const) {
      const lines = [{ sku: article, quantity: '1', agreedUnitPrice: yuan('150.00') }]
      const taken = await order({ sku, customerId: customer, lines, recordedFor: rep.id }, importer)
      expect(taken).toMatchObject({ priceApproval: Order_PriceApproval_State.NOT_NEEDED })
      expect((await stage.told()).find(({ aggregateId }) => aggregateId === taken.orderId)).toMatchObject({
        $typeName: 'saleswright.orders.v1.OrderCreated',
        aboveListWaived: true,
      })
    }
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
