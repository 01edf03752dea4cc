import { type Fields, type Mapping, ownFields, quantityFrom, thousandthsOf } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Shipment } from './shipment.ts'

type ShipmentDocument = Omit<Fields<Shipment>, 'lines'> & { lines: readonly { lineNo: number; quantity: number }[] }

const schema = new Schema({
  shipmentNo: { type: String, required: true },
  orderId: String,
  status: String,
  lines: Array,
  migrated: Boolean,
  carrier: String,
  waybillNo: String,
  photoIds: [String],
  businessDate: { type: String, required: true },
  shippedOn: String,
  deliveredOn: String,
  receivedBy: String,
  withdrawReason: String,
})
schema.index({ companyId: 1, orderId: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, _id: -1 })

export const shipmentMapping: Mapping<Shipment, ShipmentDocument> = {
  name: 'shipment',
  collection: 'shipments',
  schema,
  version: 1,
  document: (shipment) => ({
    ...ownFields(shipment),
    lines: shipment.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: thousandthsOf(quantity) })),
  }),
  record: (document) => ({
    ...ownFields(document),
    lines: document.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: quantityFrom(quantity) })),
  }),
  orders: { businessDate: 'businessDate', shipmentNo: 'shipmentNo' },
  sensitive: ['receivedBy'],
}
