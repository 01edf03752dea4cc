import type { MessageInitShape } from '@bufbuild/protobuf'
import { wordOf } from '@saleswright/contracts'
import {
  ProductionRequest_Status,
  type ProductionRequestSchema,
  type ProductionRequestService,
} from '@saleswright/contracts/saleswright/orders/v1/production_pb.ts'
import { etagOf, formatQuantity } from '@saleswright/kernel'
import { type Implementation, ownCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { ProductionRequest, Status } from './production-request.ts'

export const productionRequestRpc = ({
  productionRequests,
}: Desk): Implementation<typeof ProductionRequestService> => ({
  getProductionRequest: async ({ productionRequestId }, call) =>
    view(await productionRequests.get(ownCompany(call), productionRequestId)),

  listProductionRequests: async (request, call) => {
    const { sku, orderId, status } = request
    const filter = { sku, orderId, status: wordOf(STATUS, status) }
    const page = await productionRequests.list(ownCompany(call), queryOf(request, filter))
    return { productionRequests: page.items.map(view), ...pageFacts(page) }
  },
})

const STATUS = {
  open: ProductionRequest_Status.OPEN,
  filled: ProductionRequest_Status.FILLED,
  withdrawn: ProductionRequest_Status.WITHDRAWN,
} as const satisfies Record<Status, ProductionRequest_Status>

const view = (request: ProductionRequest): MessageInitShape<typeof ProductionRequestSchema> => {
  const { orderId, orderNo, lineNo, sku, uom, requestedOn, promisedOn } = request
  return {
    productionRequestId: request.id,
    productionRequestNo: request.requestNo,
    status: STATUS[request.status],
    orderId,
    orderNo,
    lineNo,
    sku,
    uom,
    quantity: formatQuantity(request.quantity),
    openQuantity: formatQuantity(request.open),
    requestedOn,
    promisedOn,
    etag: etagOf(request),
  }
}
