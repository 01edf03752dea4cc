import { create } from '@bufbuild/protobuf'
import { moneyMessage, placeMessage } from '@saleswright/contracts'
import {
  ShipmentDeliveredSchema,
  ShipmentHandedOverSchema,
  ShipmentPlannedSchema,
  ShipmentShippedSchema,
  ShipmentWithdrawnSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  conflict,
  type Decision,
  formatQuantity,
  type Money,
  mover,
  type Quantity,
} from '@saleswright/kernel'

export const TRANSITIONS = {
  planned: ['shipped', 'withdrawn'],
  shipped: ['delivered'],
  delivered: [],
  withdrawn: [],
} as const

export type Status = keyof typeof TRANSITIONS
export type ShipmentLine = { readonly lineNo: number; readonly quantity: Quantity }

/** A load of an order, the whole of it or a part (R226 to R236). */
export type Shipment = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly shipmentNo: string
  readonly orderId: string
  readonly status: Status
  readonly lines: readonly ShipmentLine[]
  /** Brought by a migration: nobody took photos then. */
  readonly migrated: boolean
  readonly carrier?: string
  readonly waybillNo?: string
  readonly photoIds: readonly string[]
  readonly businessDate: BusinessDate
  readonly shippedOn?: BusinessDate
  readonly deliveredOn?: BusinessDate
  readonly receivedBy?: string
  readonly withdrawReason?: string
}

const move = mover<Status>('shipment', TRANSITIONS)

export const plan = (facts: Omit<Shipment, 'version' | 'status' | 'photoIds'>): Decision<Shipment> => {
  const { id, shipmentNo, orderId, businessDate } = facts
  const lines = facts.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: formatQuantity(quantity) }))
  const event = create(ShipmentPlannedSchema, { shipmentId: id, shipmentNo, orderId, businessDate, lines })
  return { next: { ...facts, version: 0, status: 'planned', photoIds: [] }, events: [event] }
}

/** What leaves of a line, and what that is worth without tax. */
export type Part = ShipmentLine & { readonly sku: string; readonly net: Money }

type Load = {
  readonly carrier: string
  readonly waybillNo: string
  readonly photoIds: readonly string[]
  readonly parts: readonly Part[]
  readonly on: BusinessDate
}

/** R231: no load leaves without photos of it. */
export const ship = (shipment: Shipment, { carrier, waybillNo, photoIds, parts, on }: Load): Decision<Shipment> => {
  const next = move(shipment, 'shipped')
  if (photoIds.length === 0 && !shipment.migrated) throw conflict('photos_missing', { shipmentNo: shipment.shipmentNo })
  const event = create(ShipmentShippedSchema, {
    shipmentId: shipment.id,
    orderId: shipment.orderId,
    shippedOn: on,
    parts: parts.map(({ lineNo, sku, quantity, net }) => ({
      lineNo,
      sku,
      quantity: formatQuantity(quantity),
      net: moneyMessage(net),
    })),
    photosWaived: photoIds.length === 0,
    ...placeMessage(shipment),
  })
  const loaded = { ...next, photoIds, shippedOn: on, ...(carrier && { carrier }), ...(waybillNo && { waybillNo }) }
  return { next: loaded, events: [event] }
}

export const deliver = (
  shipment: Shipment,
  { on, receivedBy }: { readonly on: BusinessDate; readonly receivedBy: string },
): Decision<Shipment> => ({
  next: { ...move(shipment, 'delivered'), deliveredOn: on, ...(receivedBy && { receivedBy }) },
  events: [create(ShipmentDeliveredSchema, { shipmentId: shipment.id, orderId: shipment.orderId, deliveredOn: on })],
})

/** A load that will not leave: its lines are free to be planned again. */
export const withdraw = (
  shipment: Shipment,
  { on, reason }: { readonly on: BusinessDate; readonly reason: string },
): Decision<Shipment> => {
  const { id: shipmentId, orderId } = shipment
  const event = create(ShipmentWithdrawnSchema, { shipmentId, orderId, withdrawnOn: on, reason })
  return { next: { ...move(shipment, 'withdrawn'), withdrawReason: reason }, events: [event] }
}

type Place = Pick<Shipment, 'ownerId' | 'unitId' | 'orgPath'>

/** What has not arrived goes with its order. */
export const handOverShipment = (shipment: Shipment, place: Place, on: BusinessDate): Decision<Shipment> => {
  const { ownerId, unitId, orgPath } = place
  const next = { ...shipment, ownerId, unitId, orgPath }
  const facts = { shipmentId: shipment.id, orderId: shipment.orderId, on, ...placeMessage(next) }
  return { next, events: [create(ShipmentHandedOverSchema, facts)] }
}
