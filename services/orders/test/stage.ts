import { fromBinary, type Message } from '@bufbuild/protobuf'
import { kafka } from '@saleswright/bus'
import { eventDesc } from '@saleswright/contracts'
import { EventLogService, type StoredEvent } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { PriceService, ProductService } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import {
  LedgerService,
  PaymentService,
  ReceivableService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ShipmentService } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { StockService } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { clientOptions } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { type Hosted, hostServices, openLog } from '@saleswright/service'
import { suiteEngines, type TestIdentity, testIdentity } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { orders } from '../src/service.ts'
import { customersOf, gatewayOf, organizationOf } from './peers.ts'

const NOW = new Date('2026-03-10T04:00:00Z')
export const TODAY = '2026-03-10'
export const [COMPANY, ROOT, EAST, WEST] = [newId(), newId(), newId(), newId()]

const PERMISSIONS = `products.read products.write prices.read prices.write stock.read stock.write
  orders.read orders.write orders.price orders.funds orders.release shipments.read shipments.write
  receivables.read ledger.read payments.read payments.write payments.confirm`.split(/\s+/)

/** All of what a person may do in this service, as far as `reach` goes, without what is named. */
export const everything = (reach: string, ...without: readonly string[]) =>
  PERMISSIONS.filter((permission) => !without.includes(permission)).map((permission) => `${permission}@${reach}`)

/** The service on engines of its own, beside as much of its peers as it needs. */
export const openStage = async () => {
  const identity = await testIdentity()
  const peers = {
    organization: organizationOf(COMPANY, ROOT),
    customers: customersOf(COMPANY),
    gateway: gatewayOf(COMPANY),
  }
  const engines = await suiteEngines()
  const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')
  const bus = kafka({ clientId: 'test', log, ...clientOptions(engines.kafka) })
  const hosted = await hostServices([...Object.values(peers).map(({ definition }) => definition), orders], {
    mongo: engines.mongo,
    bus,
    log,
    key: Buffer.alloc(32, 7),
    clock: { now: () => NOW },
    jwks: identity.jwks,
    serviceToken: () => identity.serviceToken(NOW),
  })
  // Hooks run last one first: the host stops before its engines do.
  afterAll(async () => {
    await hosted.stop()
    await bus.close()
  })
  return {
    hosted,
    mongo: engines.mongo,
    ...peers,
    ...facesOf(hosted),
    ...toldBy(hosted, identity),
    ...callersOf(identity, peers.organization),
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

const facesOf = ({ transportOf }: Hosted) => ({
  products: client(ProductService, transportOf(ProductService)),
  prices: client(PriceService, transportOf(PriceService)),
  stock: client(StockService, transportOf(StockService)),
  orders: client(OrderService, transportOf(OrderService)),
  shipments: client(ShipmentService, transportOf(ShipmentService)),
  receivables: client(ReceivableService, transportOf(ReceivableService)),
  payments: client(PaymentService, transportOf(PaymentService)),
  ledger: client(LedgerService, transportOf(LedgerService)),
})

type Told = Message & { readonly aggregateId: string; readonly aggregateVersion: number }

const toldBy = (hosted: Hosted, identity: TestIdentity) => {
  const log = client(EventLogService, hosted.transportTo('orders'), () => identity.serviceToken(NOW))
  const readAll = async (): Promise<readonly StoredEvent[]> => {
    const all: StoredEvent[] = []
    for (let after = 0n; ; ) {
      const { events } = await log.readEvents({ context: 'orders', afterPosition: after, limit: 1000 })
      all.push(...events)
      const last = events.at(-1)
      if (!last) return all
      after = last.position
    }
  }
  /** Everything that was told, in the order of positions, as consumers see it. */
  const told = async (): Promise<readonly Told[]> => {
    await hosted.drained()
    return (await readAll()).map(({ type, data, aggregateId, aggregateVersion }) => ({
      ...fromBinary(eventDesc(type), data),
      aggregateId,
      aggregateVersion: Number(aggregateVersion),
    }))
  }
  /** The names of what was told of a record. */
  const namesOf = async (aggregateId: string): Promise<readonly string[]> =>
    (await told())
      .filter((event) => event.aggregateId === aggregateId)
      .map(({ $typeName }) => $typeName.split('.').at(-1) ?? '')
  return { told, namesOf }
}

const callersOf = (identity: TestIdentity, organization: ReturnType<typeof organizationOf>) => ({
  /** Somebody with a seat, and how they call: with a token and a new idempotency key each time. */
  someone: async (grants: readonly string[], orgPath: readonly string[] = [ROOT, EAST]) => {
    const id = organization.seat(orgPath)
    const token = await identity.tokenFor({ sub: id, companyId: COMPANY, unitId: orgPath.at(-1) ?? '', grants }, NOW)
    return { id, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
  partner: async (partnerId: string) => {
    const permissions = ['products.read', 'orders.read', 'orders.write', 'receivables.read', 'shipments.read']
    const grants = permissions.map((permission) => `${permission}@partner`)
    const token = await identity.tokenFor({ kind: 'partner', companyId: COMPANY, partnerId, grants }, NOW)
    return { id: partnerId, as: (idempotencyKey: string = newId()) => ({ token, idempotencyKey }) }
  },
})

export type Someone = Awaited<ReturnType<Stage['someone']>>
