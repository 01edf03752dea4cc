import { create } from '@bufbuild/protobuf'
import {
  ProductionRequestedSchema,
  ProductionRequestFilledSchema,
  ProductionRequestWithdrawnSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  formatQuantity,
  mover,
  type Quantity,
} from '@saleswright/kernel'

export const TRANSITIONS = { open: ['filled', 'withdrawn'], filled: [], withdrawn: [] } as const
export type Status = keyof typeof TRANSITIONS

/** What a line of an order waits for (R216): asked of production when the order was confirmed. */
export type ProductionRequest = Aggregate & {
  readonly requestNo: string
  readonly status: Status
  readonly orderId: string
  readonly orderNo: string
  readonly lineNo: number
  readonly sku: string
  readonly uom: string
  readonly quantity: Quantity
  /** What is still waited for. */
  readonly open: Quantity
  readonly requestedOn: BusinessDate
  readonly promisedOn: BusinessDate
}

const move = mover<Status>('production_request', TRANSITIONS)

export const requestProduction = (
  facts: Omit<ProductionRequest, 'version' | 'status' | 'open'>,
): Decision<ProductionRequest> => {
  const { id, requestNo, orderId, lineNo, sku, quantity, requestedOn, promisedOn } = facts
  const event = create(ProductionRequestedSchema, {
    productionRequestId: id,
    productionRequestNo: requestNo,
    orderId,
    lineNo,
    sku,
    quantity: formatQuantity(quantity),
    requestedOn,
    promisedOn,
  })
  return { next: { ...facts, version: 0, status: 'open', open: quantity }, events: [event] }
}

/** Never by more than is waited for; the last of it closes the request. */
export const fill = (request: ProductionRequest, came: Quantity, on: BusinessDate): Decision<ProductionRequest> => {
  const { id, orderId, sku } = request
  const open = { thousandths: request.open.thousandths - came.thousandths }
  const event = create(ProductionRequestFilledSchema, {
    productionRequestId: id,
    orderId,
    sku,
    quantity: formatQuantity(came),
    openQuantity: formatQuantity(open),
    filledOn: on,
  })
  return { next: { ...(open.thousandths === 0n ? move(request, 'filled') : request), open }, events: [event] }
}

/** Nobody waits for it any more. */
export const withdraw = (request: ProductionRequest, on: BusinessDate): Decision<ProductionRequest> => {
  const { id, orderId, sku, open } = request
  const event = create(ProductionRequestWithdrawnSchema, {
    productionRequestId: id,
    orderId,
    sku,
    quantity: formatQuantity(open),
    withdrawnOn: on,
  })
  return { next: move(request, 'withdrawn'), events: [event] }
}
