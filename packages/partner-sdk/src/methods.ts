import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { PriceService, ProductService } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import {
  PaymentRequestService,
  PaymentService,
  ReceivableService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ShipmentService } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { StockService } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import type { Pages } from './pages.ts'

/** Methods of a service by their local names. */
type Some<M extends GenServiceMethods, K extends keyof M> = { readonly [N in K]: M[N] }

const some = <M extends GenServiceMethods, const K extends keyof M & string>(
  { method }: GenService<M>,
  ...names: readonly K[]
): Some<M, K> => Object.fromEntries(names.map((name) => [name, method[name]])) as unknown as Some<M, K>

/** What the contracts open to partners: everything with `partners: true`, and nothing else. */
export const METHODS = {
  customers: some(CustomerService, 'getCustomer', 'listCustomers'),
  products: some(ProductService, 'getProduct', 'listProducts'),
  prices: some(PriceService, 'listPrices'),
  availability: some(StockService, 'listAvailability'),
  orders: some(OrderService, 'createOrder', 'getOrder', 'listOrders', 'confirmOrder', 'cancelOrder'),
  shipments: some(ShipmentService, 'getShipment', 'listShipments'),
  paymentRequests: some(PaymentRequestService, 'getPaymentRequest', 'listPaymentRequests'),
  receivables: some(ReceivableService, 'getReceivable', 'listReceivables'),
  payments: some(PaymentService, 'getPayment', 'listPayments'),
}

type InputOf<M> = M extends { readonly input: infer I extends DescMessage } ? MessageInitShape<I> : never
type OutputOf<M> = M extends { readonly output: infer O extends DescMessage } ? MessageShape<O> : never

/** The element of the one list that a page has. */
type ItemOf<R> = {
  [K in keyof R]-?: K extends `$${string}` ? never : R[K] extends readonly (infer I extends object)[] ? I : never
}[keyof R]

type Listing = { readonly nextPageToken: string }

/** What was answered beside the resource. */
export type AnswerFacts = {
  readonly requestId: string
  /** The first answer to the same Idempotency-Key again. */
  readonly replayed: boolean
  /** The event that tells of the change. */
  readonly eventId?: string | undefined
}

export type CallOptions = {
  readonly signal?: AbortSignal | undefined
  /** Of a command; a new one when absent. Give it yourself where a repeat may come from another process. */
  readonly idempotencyKey?: string | undefined
  /** Told of every answer, of every page. */
  readonly onAnswer?: ((facts: AnswerFacts) => void) | undefined
}

type Callable<M> =
  OutputOf<M> extends Listing
    ? (request?: InputOf<M>, options?: CallOptions) => Pages<ItemOf<OutputOf<M>>, OutputOf<M>>
    : (request: InputOf<M>, options?: CallOptions) => Promise<OutputOf<M>>

export type PartnerClient = {
  readonly [R in keyof typeof METHODS]: { readonly [K in keyof (typeof METHODS)[R]]: Callable<(typeof METHODS)[R][K]> }
}

export const isListing = ({ output }: DescMethod): boolean =>
  output.fields.some(({ name }) => name === 'next_page_token')
