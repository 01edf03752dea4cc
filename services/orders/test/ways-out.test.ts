import { Shipment_Status } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { describeWaysOut } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { TRANSITIONS as SHIPMENT, type Status as ShipmentStatus } from '../src/shipment/shipment.ts'
import { goods } from './goods.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

const stage = await openStage()
const { orders, shipments } = stage
const { rep, finance, accepted, pay } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })
const customerId = stage.customers.file({ ownerId: rep.id })

const releasedOrder = async (quantity = '1') => {
  const { orderId } = await accepted({ sku, customerId, quantity })
  await pay(orderId, `${Number(quantity) * 100}.00`)
  return orders.releaseOrder({ orderId }, finance.as())
}
const planned = async () => {
  const { orderId } = await releasedOrder()
  return (await shipments.createShipment({ orderId }, rep.as())).shipmentId
}
/** The word of a state table for a value of the contract. */
const wordFor = <S extends string>(statuses: Readonly<Record<string, number | string>>, status: number): S => {
  const [name = ''] = Object.entries(statuses).find(([, value]) => value === status) ?? []
  return name.toLowerCase() as S
}
const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}
const ship = (shipmentId: string) => shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
const deliver = (shipmentId: string) => shipments.deliver({ shipmentId }, rep.as())
const withdraw = (shipmentId: string) => shipments.withdrawShipment({ shipmentId, reason: '改期' }, rep.as())

describeWaysOut<ShipmentStatus>('shipment', SHIPMENT, {
  ends: ['delivered', 'withdrawn'],
  into: {
    planned,
    shipped: async () => then(await planned(), ship),
    delivered: async () => then(await planned(), ship, deliver),
    withdrawn: async () => then(await planned(), withdraw),
  },
  out: { planned: withdraw, shipped: deliver },
  statusOf: async (shipmentId) => {
    const { status } = await shipments.getShipment({ shipmentId }, rep.as())
    return wordFor<ShipmentStatus>(Shipment_Status, status)
  },
})

describe('a planned shipment that is withdrawn', () => {
  test('frees its lines, so that they can be planned again', async () => {
    const { orderId } = await releasedOrder('2')
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    await expect(shipments.createShipment({ orderId }, rep.as())).rejects.toMatchObject({ code: 'nothing_to_ship' })
    const withdrawn = await withdraw(shipmentId)
    expect(withdrawn.status).toBe(Shipment_Status.WITHDRAWN)
    expect(await withdraw(shipmentId)).toEqual(withdrawn)
    await expect(ship(shipmentId)).rejects.toMatchObject({ code: 'shipment_is_withdrawn' })
    expect(await shipments.createShipment({ orderId }, rep.as())).toMatchObject({ lines: [{ quantity: '2' }] })
  })

  test('goes with its order when that is cancelled', async () => {
    const { orderId } = await releasedOrder()
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    await orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
    expect((await shipments.getShipment({ shipmentId }, rep.as())).status).toBe(Shipment_Status.WITHDRAWN)
    expect(await stage.namesOf(shipmentId)).toEqual(['ShipmentPlanned', 'ShipmentWithdrawn'])
  })

  test('has not left: what has left is not withdrawn', async () => {
    const id = await then(await planned(), ship)
    await expect(withdraw(id)).rejects.toMatchObject({ code: 'shipment_is_shipped' })
  })
})
