import { PriceService, ProductService } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import {
  LedgerService,
  PaymentRequestService,
  PaymentService,
  ReceivableService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ProductionRequestService } from '@saleswright/contracts/saleswright/orders/v1/production_pb.ts'
import { ShipmentService } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { StockService } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import type { Hosted } from '@saleswright/service'
import { type Caller, openSuite } from '@saleswright/testing'
import { orders } from '../src/service.ts'
import { customersOf, gatewayOf, organizationOf } from './peers.ts'

const NOW = new Date('2026-03-10T04:00:00Z')
export const TODAY = '2026-03-10'
export const [COMPANY, ROOT, EAST, WEST] = [newId(), newId(), newId(), newId()]

const PERMISSIONS = `products.read products.write prices.read prices.write stock.read stock.write
  prices.floors.write orders.read orders.write orders.price orders.acknowledge orders.hold orders.cancel
  orders.funds orders.release orders.complete shipments.read shipments.plan shipments.ship shipments.deliver
  production.read receivables.read receivables.write_off ledger.read payments.read payments.write payments.confirm payments.refund`.split(
  /\s+/,
)

/** All of what a person may do in this service, as far as `reach` goes, without what is named. */
export const everything = (reach: string, ...without: readonly string[]) =>
  PERMISSIONS.filter((permission) => !without.includes(permission)).map((permission) => `${permission}@${reach}`)

const OF_PARTNERS =
  'products.read prices.read availability.read orders.read orders.write orders.cancel receivables.read shipments.read'.split(
    ' ',
  )

/** The service on engines of its own, beside as much of its peers as it needs. */
export const openStage = async () => {
  const peers = {
    organization: organizationOf(COMPANY, ROOT),
    customers: customersOf(COMPANY),
    gateway: gatewayOf(COMPANY),
  }
  const definitions = [...Object.values(peers).map(({ definition }) => definition), orders]
  const { hosted, mongo, caller, partner, toldBy } = await openSuite(definitions, { clock: { now: () => NOW } })
  return {
    hosted,
    mongo,
    ...peers,
    ...facesOf(hosted),
    ...toldBy('orders'),
    /** Somebody with a seat. */
    someone: (grants: readonly string[], orgPath: readonly string[] = [ROOT, EAST]) =>
      caller({ sub: peers.organization.seat(orgPath), companyId: COMPANY, unitId: orgPath.at(-1) ?? '', grants }),
    partner: (partnerId: string) => partner({ companyId: COMPANY, partnerId }, OF_PARTNERS),
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

const facesOf = ({ transportOf }: Hosted) => ({
  products: client(ProductService, transportOf(ProductService)),
  prices: client(PriceService, transportOf(PriceService)),
  stock: client(StockService, transportOf(StockService)),
  production: client(ProductionRequestService, transportOf(ProductionRequestService)),
  orders: client(OrderService, transportOf(OrderService)),
  shipments: client(ShipmentService, transportOf(ShipmentService)),
  paymentRequests: client(PaymentRequestService, transportOf(PaymentRequestService)),
  receivables: client(ReceivableService, transportOf(ReceivableService)),
  payments: client(PaymentService, transportOf(PaymentService)),
  ledger: client(LedgerService, transportOf(LedgerService)),
})

export type Someone = Caller
