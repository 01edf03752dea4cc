import { create, type Message } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
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
import type { Source } from '../src/models/all.ts'
import type { Fact } from './facts.ts'
import { ACME, ANN, BOB, EAST, ROOT, SHOP, WEST } from './story.ts'

type Sourced = Fact & { readonly source: Source }

const told = <M extends Message>(
  source: Source,
  aggregateId: string,
  schema: GenMessage<M>,
  fields: object,
): Sourced => ({
  source,
  aggregateId,
  event: create(schema as unknown as GenMessage<Message>, fields as never),
})

const ofAnn = { ownerId: ANN, unitId: SHOP, orgPath: [ROOT, EAST, SHOP] }
const ofBob = { ownerId: BOB, unitId: WEST, orgPath: [ROOT, WEST] }
const money = (amount: string) => ({ currencyCode: 'CNY', amount })
const [order, arrived, onItsWay, planned, bill, payment] = [newId(), newId(), newId(), newId(), newId(), newId()]
const day = '2018-05-01'
const load = (shipmentId: string, place: object, net: string) =>
  told('orders', shipmentId, ShipmentShippedSchema, {
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
  told('orders', order, OrderCreatedSchema, {
    ...ofAnn,
    orderId: order,
    customerId: ACME,
    businessDate: day,
    net: money('90.00'),
    lines: [{ lineNo: 1, sku: 'GTX', net: money('90.00') }],
  }),
  load(arrived, ofAnn, '20.00'),
  load(onItsWay, ofAnn, '30.00'),
  told('orders', bill, ReceivableOpenedSchema, {
    ...ofAnn,
    receivableId: bill,
    orderId: order,
    customerId: ACME,
    amount: money('90.00'),
    billedOn: day,
    dueOn: day,
  }),
  told('orders', payment, PaymentAllocatedSchema, {
    ...ofAnn,
    paymentId: payment,
    paymentPlace: ofBob,
    orderId: order,
    customerId: ACME,
    net: money('10.00'),
    allocatedOn: day,
  }),
  told('orders', order, OrderHandedOverSchema, { ...ofBob, orderId: order, businessDate: day }),
  told('orders', bill, ReceivableHandedOverSchema, { ...ofBob, receivableId: bill, orderId: order, on: day }),
  told('orders', onItsWay, ShipmentHandedOverSchema, { ...ofBob, shipmentId: onItsWay, orderId: order, on: day }),
  told('orders', planned, ShipmentHandedOverSchema, { ...ofBob, shipmentId: planned, orderId: order, on: day }),
  load(planned, ofBob, '40.00'),
  told('customers', newId(), LeadChangedSchema, { ...ofBob, ownerId: '', status: 'recycled', businessDate: day }),
]
