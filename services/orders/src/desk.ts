import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory, todayIn } from '@saleswright/directory'
import { type PolicyBook, policyBook, policyMapping } from '@saleswright/policy'
import type { Platform } from '@saleswright/service'
import { type Repository, type Sealer, type Store, sealerOf } from '@saleswright/store'
import { type CatalogCache, catalogCache } from './catalog/catalog-cache.ts'
import type { Customer } from './customer/customer.ts'
import { customerMapping } from './customer/customer-store.ts'
import { type Customers, customers } from './customer/customers.ts'
import type { Exposure } from './exposure/exposure.ts'
import { exposureMapping } from './exposure/exposure-store.ts'
import { type Files, files } from './files.ts'
import type { LedgerLine } from './ledger-line/ledger-line.ts'
import { ledgerLineMapping } from './ledger-line/ledger-line-store.ts'
import type { Order } from './order/order.ts'
import { orderMapping } from './order/order-store.ts'
import type { Payment } from './payment/payment.ts'
import { paymentMapping } from './payment/payment-store.ts'
import type { PaymentRequest } from './payment-request/payment-request.ts'
import { paymentRequestMapping } from './payment-request/payment-request-store.ts'
import { POLICIES } from './policy/policies.ts'
import type { PriceFloor } from './price-floor/price-floor.ts'
import { priceFloorMapping } from './price-floor/price-floor-store.ts'
import type { PriceList } from './price-list/price-list.ts'
import { priceListMapping } from './price-list/price-list-store.ts'
import type { Product } from './product/product.ts'
import { productMapping } from './product/product-store.ts'
import type { ProductPrices } from './product-prices/product-prices.ts'
import { productPricesMapping } from './product-prices/product-prices-store.ts'
import type { ProductionRequest } from './production-request/production-request.ts'
import { productionRequestMapping } from './production-request/production-request-store.ts'
import type { Receivable } from './receivable/receivable.ts'
import { receivableMapping } from './receivable/receivable-store.ts'
import { readOrdersSettings } from './settings.ts'
import type { Shipment } from './shipment/shipment.ts'
import { shipmentMapping } from './shipment/shipment-store.ts'
import type { StockItem } from './stock-item/stock-item.ts'
import { stockItemMapping } from './stock-item/stock-item-store.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly products: Repository<Product>
  readonly priceLists: Repository<PriceList>
  readonly priceFloors: Repository<PriceFloor>
  readonly productPrices: Repository<ProductPrices>
  readonly stock: Repository<StockItem>
  readonly productionRequests: Repository<ProductionRequest>
  readonly orders: Repository<Order>
  readonly shipments: Repository<Shipment>
  readonly paymentRequests: Repository<PaymentRequest>
  readonly receivables: Repository<Receivable>
  readonly payments: Repository<Payment>
  readonly ledger: Repository<LedgerLine>
  readonly exposures: Repository<Exposure>
  readonly customerCopies: Repository<Customer>
  readonly customers: Customers
  readonly catalog: CatalogCache
  readonly directory: Directory
  readonly files: Files
  readonly sealer: Sealer
  readonly policies: PolicyBook
  /** The company's day. */
  readonly today: PolicyBook['today']
  /** Days from a bill on credit to the day it is due. */
  readonly creditDays: number
  /** Days from a payment request to the day it is due. */
  readonly prepayDays: number
}

export const MAPPINGS = [
  productMapping,
  priceListMapping,
  priceFloorMapping,
  productPricesMapping,
  stockItemMapping,
  productionRequestMapping,
  orderMapping,
  shipmentMapping,
  paymentRequestMapping,
  receivableMapping,
  paymentMapping,
  ledgerLineMapping,
  exposureMapping,
  customerMapping,
  policyMapping,
]

export const deskOf = ({ store, client, clock, secret, config }: Platform): Desk => {
  const products = store.repository(productMapping)
  const priceLists = store.repository(priceListMapping)
  const priceFloors = store.repository(priceFloorMapping)
  const productPrices = store.repository(productPricesMapping)
  const customerCopies = store.repository(customerMapping)
  const people = directory(client(DirectoryService), clock)
  const today: PolicyBook['today'] = (companyId, at) => todayIn(people, companyId, at)
  return {
    store,
    products,
    priceLists,
    priceFloors,
    productPrices,
    customerCopies,
    today,
    stock: store.repository(stockItemMapping),
    productionRequests: store.repository(productionRequestMapping),
    orders: store.repository(orderMapping),
    shipments: store.repository(shipmentMapping),
    paymentRequests: store.repository(paymentRequestMapping),
    receivables: store.repository(receivableMapping),
    payments: store.repository(paymentMapping),
    ledger: store.repository(ledgerLineMapping),
    exposures: store.repository(exposureMapping),
    customers: customers(customerCopies, client(CustomerService)),
    catalog: catalogCache({ products, productPrices, priceFloors }, clock),
    directory: people,
    policies: policyBook({ context: 'orders', store, clock, today }, POLICIES),
    files: files(client(FileService)),
    sealer: sealerOf(secret, 'orders'),
    ...readOrdersSettings(config),
  }
}
