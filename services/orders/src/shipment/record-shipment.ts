import { create } from '@bufbuild/protobuf'
import {
  type CreateShipmentRequest,
  DeliverRequestSchema,
  ShipRequestSchema,
} from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { expectMigration, invalid } from '@saleswright/kernel'
import type { Step } from '../order/order-steps.ts'
import { planShipment } from './plan-shipment.ts'
import { deliverGoods, shipGoods } from './ship-goods.ts'
import type { Shipment } from './shipment.ts'

/** A load that is planned, or that a migration knows to have left and arrived: each step as if it were taken by itself, in one transaction. */
export const recordShipment = async (step: Step, request: CreateShipmentRequest): Promise<Shipment> => {
  const { shippedOn, deliveredOn } = request
  const { desk, tx, call } = step
  if (shippedOn === undefined && deliveredOn !== undefined) {
    const violation = { field: 'shippedOn', rule: 'required', message: 'is required' }
    throw invalid('delivered_before_shipped', {}, [violation])
  }
  if (shippedOn !== undefined) expectMigration(call.actor)
  const planned = await planShipment(desk, tx, request, call)
  if (shippedOn === undefined) return planned
  const shipmentId = planned.id
  const shipped = await shipGoods(step, create(ShipRequestSchema, { shipmentId, on: shippedOn }), 'shippedOn')
  if (deliveredOn === undefined) return shipped
  return deliverGoods(step, create(DeliverRequestSchema, { shipmentId, on: deliveredOn }), 'deliveredOn')
}
