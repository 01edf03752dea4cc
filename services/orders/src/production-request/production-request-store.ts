import { derivedId } from '@saleswright/kernel'
import { type Fields, type Mapping, ownFields, quantityFrom, thousandthsOf } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { ProductionRequest } from './production-request.ts'

type Quantities = 'quantity' | 'open'
type ProductionRequestDocument = Omit<Fields<ProductionRequest>, Quantities> & Record<Quantities, number>

const schema = new Schema({
  requestNo: { type: String, required: true },
  status: String,
  orderId: String,
  orderNo: String,
  lineNo: Number,
  sku: String,
  uom: String,
  quantity: Number,
  open: Number,
  requestedOn: String,
  promisedOn: { type: String, required: true },
})
schema.index({ companyId: 1, orderId: 1 })
schema.index({ companyId: 1, sku: 1, status: 1, promisedOn: 1, requestNo: 1 })
schema.index({ companyId: 1, status: 1, promisedOn: 1, _id: 1 })

export const productionRequestMapping: Mapping<ProductionRequest, ProductionRequestDocument> = {
  name: 'production_request',
  collection: 'productionRequests',
  schema,
  version: 1,
  document: (request) => ({
    ...ownFields(request),
    quantity: thousandthsOf(request.quantity),
    open: thousandthsOf(request.open),
  }),
  record: (document) => ({
    ...ownFields(document),
    quantity: quantityFrom(document.quantity),
    open: quantityFrom(document.open),
  }),
  orders: { promisedOn: ['promisedOn', 'requestNo'], requestedOn: 'requestedOn' },
  listed: 'promisedOn',
  reaches: [],
}

/** One for each line that waits, found from its order. */
export const productionRequestId = (orderId: string, lineNo: number): string =>
  derivedId('production-request', orderId, String(lineNo))
