import type { MessageInitShape } from '@bufbuild/protobuf'
import { wordOf } from '@saleswright/contracts'
import {
  Shipment_Status,
  ShipmentSchema,
  type ShipmentService,
} from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { etagOf, formatQuantity } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { recordShipment } from './record-shipment.ts'
import { deliverGoods, shipGoods } from './ship-goods.ts'
import type { Shipment, Status } from './shipment.ts'
import { withdrawGoods } from './withdraw-goods.ts'

export const shipmentRpc = (desk: Desk): Implementation<typeof ShipmentService> => {
  const { store, shipments } = desk
  return {
    createShipment: (request, call) =>
      store.answer(call, ShipmentSchema, async (tx) => view(await recordShipment({ desk, tx, call }, request))),

    getShipment: async ({ shipmentId }, call) => view(await shipments.get(scopeOf(call), shipmentId)),

    listShipments: async (request, call) => {
      const filter = { orderId: request.orderId, status: wordOf(STATUS, request.status) }
      const page = await shipments.list(scopeOf(call), queryOf(request, filter))
      return { shipments: page.items.map(view), ...pageFacts(page) }
    },

    ship: (request, call) =>
      store.answer(call, ShipmentSchema, async (tx) => view(await shipGoods({ desk, tx, call }, request))),

    deliver: (request, call) =>
      store.answer(call, ShipmentSchema, async (tx) => view(await deliverGoods({ desk, tx, call }, request))),

    withdrawShipment: (request, call) =>
      store.answer(call, ShipmentSchema, async (tx) => view(await withdrawGoods({ desk, tx, call }, request))),
  }
}

const STATUS = {
  planned: Shipment_Status.PLANNED,
  shipped: Shipment_Status.SHIPPED,
  delivered: Shipment_Status.DELIVERED,
  withdrawn: Shipment_Status.WITHDRAWN,
} as const satisfies Record<Status, Shipment_Status>

const view = (shipment: Shipment): MessageInitShape<typeof ShipmentSchema> => {
  const { carrier, waybillNo, shippedOn, deliveredOn } = shipment
  return {
    shipmentId: shipment.id,
    shipmentNo: shipment.shipmentNo,
    orderId: shipment.orderId,
    status: STATUS[shipment.status],
    lines: shipment.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: formatQuantity(quantity) })),
    photoIds: [...shipment.photoIds],
    businessDate: shipment.businessDate,
    etag: etagOf(shipment),
    ...(carrier !== undefined && { carrier }),
    ...(waybillNo !== undefined && { waybillNo }),
    ...(shippedOn !== undefined && { shippedOn }),
    ...(deliveredOn !== undefined && { deliveredOn }),
  }
}
