import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { newId } from '@saleswright/kernel'
import type { Someone, Stage } from './stage.ts'

export const yuan = (amount: string) => ({ currencyCode: 'CNY', amount })

type Floors = readonly [rep: string, manager: string]
type Goods = {
  readonly exFactory?: string
  readonly wholesale?: string
  readonly retail?: string
  readonly taxRate?: string
  readonly stock?: string
  /** By the piece unless it says otherwise. */
  readonly quantityDecimals?: number
  /** Of ex-factory prices. */
  readonly floors?: Floors
  readonly wholesaleFloors?: Floors
}

export const INTRODUCTION = { reason: 'new', reasonCode: PriceList_Change_Reason.INTRODUCTION }

/** A product of its own, with its prices and floors since 2010. */
export const goods = (stage: Stage, clerk: Someone) => {
  const since = { validFrom: '2010-01-01', ...INTRODUCTION }
  const price = async (kind: PriceList_Kind, sku: string, amount: string) => {
    const entries = [{ sku, unitPrice: yuan(amount) }]
    await stage.prices.createPriceList({ name: 'prices', kind, currencyCode: 'CNY', ...since, entries }, clerk.as())
  }
  const floor = async (kind: PriceList_Kind, sku: string, [rep, manager]: Floors) => {
    const floors = { repFloor: yuan(rep), managerFloor: yuan(manager) }
    await stage.prices.createPriceFloor({ sku, kind, ...floors, ...since }, clerk.as())
  }
  return async ({ taxRate = '0', quantityDecimals = 0, stock, ...priced }: Goods): Promise<string> => {
    const sku = `SKU-${newId().toUpperCase()}`
    const product = { sku, name: '阀门', uom: '件', taxRate, stocked: stock !== undefined, quantityDecimals }
    await stage.products.createProduct(product, clerk.as())
    const { exFactory, wholesale, retail, floors, wholesaleFloors } = priced
    if (exFactory !== undefined) await price(PriceList_Kind.EX_FACTORY, sku, exFactory)
    if (wholesale !== undefined) await price(PriceList_Kind.WHOLESALE, sku, wholesale)
    if (retail !== undefined) await price(PriceList_Kind.RETAIL, sku, retail)
    if (stock !== undefined && stock !== '0')
      await stage.stock.adjustStock({ sku, change: stock, reason: '入库' }, clerk.as())
    if (floors) await floor(PriceList_Kind.EX_FACTORY, sku, floors)
    if (wholesaleFloors) await floor(PriceList_Kind.WHOLESALE, sku, wholesaleFloors)
    return sku
  }
}
