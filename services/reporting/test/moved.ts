import { LeadChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  OrderCreatedSchema,
  OrderHandedOverSchema,
  PaymentAllocatedSchema,
  ReceivableHandedOverSchema,
  ReceivableOpenedSchema,
  ShipmentHandedOverSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { ACME, ANN, BOB, EAST, ROOT, SHOP, WEST } from './story.ts'
import { money, type Sourced, teller } from './teller.ts'

const [fromOrders, fromCustomers] = [teller('orders'), teller('customers')]

const ofAnn = { ownerId: ANN, unitId: SHOP, orgPath: [ROOT, EAST, SHOP] }
const ofBob = { ownerId: BOB, unitId: WEST, orgPath: [ROOT, WEST] }
const [order, arrived, onItsWay, planned, bill, payment] = [newId(), newId(), newId(), newId(), newId(), newId()]
const day = '2018-05-01'
const load = (shipmentId: string, place: object, net: string) =>
  fromOrders(shipmentId, ShipmentShippedSchema, {
    ...place,
    shipmentId,
    orderId: order,
    shippedOn: day,
    parts: [{ lineNo: 1, sku: 'GTX', quantity: '1', net: money(net) }],
  })

/**
 * A customer of Ann that goes to Bob: what is open goes with it, what is closed stays, and of the money that Bob's payment brought a
 * part was for Ann's order. A lead waits in the pool, and is nobody's.
 */
export const MOVED: readonly Sourced[] = [
  fromOrders(order, OrderCreatedSchema, {
    ...ofAnn,
    orderId: order,
    customerId: ACME,
    businessDate: day,
    net: money('90.00'),
    lines: [{ lineNo: 1, sku: 'GTX', net: money('90.00') }],
  }),
  load(arrived, ofAnn, '20.00'),
  load(onItsWay, ofAnn, '30.00'),
  fromOrders(bill, ReceivableOpenedSchema, {
    ...ofAnn,
    receivableId: bill,
    orderId: order,
    customerId: ACME,
    amount: money('90.00'),
    billedOn: day,
    dueOn: day,
  }),
  fromOrders(payment, PaymentAllocatedSchema, {
    ...ofAnn,
    paymentId: payment,
    paymentPlace: ofBob,
    orderId: order,
    customerId: ACME,
    net: money('10.00'),
    allocatedOn: day,
  }),
  fromOrders(order, OrderHandedOverSchema, { ...ofBob, orderId: order, businessDate: day }),
  fromOrders(bill, ReceivableHandedOverSchema, { ...ofBob, receivableId: bill, orderId: order, on: day }),
  fromOrders(onItsWay, ShipmentHandedOverSchema, { ...ofBob, shipmentId: onItsWay, orderId: order, on: day }),
  fromOrders(planned, ShipmentHandedOverSchema, { ...ofBob, shipmentId: planned, orderId: order, on: day }),
  load(planned, ofBob, '40.00'),
  fromCustomers(newId(), LeadChangedSchema, { ...ofBob, ownerId: '', status: 'recycled', businessDate: day }),
]
