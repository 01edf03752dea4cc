import { PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { newId } from '@saleswright/kernel'
import type { Someone, Stage } from './stage.ts'

export const yuan = (amount: string) => ({ currencyCode: 'CNY', amount })

type Goods = {
  readonly exFactory?: string
  readonly wholesale?: string
  readonly taxRate?: string
  readonly stock?: string
  readonly floors?: readonly [rep: string, manager: string]
}

let day = 0

/** A product of its own with its prices in a list of its own: lists replace each other, so each holds all that came before. */
export const goods = (stage: Stage, clerk: Someone) => {
  const listed = { exFactory: new Map<string, string>(), wholesale: new Map<string, string>() }
  const publish = async (kind: PriceList_Kind, prices: ReadonlyMap<string, string>) => {
    day += 1
    const validFrom = new Date(Date.UTC(2010, 0, day)).toISOString().slice(0, 10)
    const entries = [...prices].map(([sku, amount]) => ({ sku, unitPrice: yuan(amount) }))
    await stage.prices.createPriceList(
      { name: 'prices', kind, currencyCode: 'CNY', validFrom, reason: 'cost', entries },
      clerk.as(),
    )
  }
  return async ({ exFactory, wholesale, taxRate = '0', stock, floors }: Goods): Promise<string> => {
    const sku = `SKU-${newId().toUpperCase()}`
    await stage.products.createProduct(
      { sku, name: '阀门', uom: '件', taxRate, stocked: stock !== undefined },
      clerk.as(),
    )
    if (exFactory !== undefined) {
      listed.exFactory.set(sku, exFactory)
      await publish(PriceList_Kind.EX_FACTORY, listed.exFactory)
    }
    if (wholesale !== undefined) {
      listed.wholesale.set(sku, wholesale)
      await publish(PriceList_Kind.WHOLESALE, listed.wholesale)
    }
    if (stock !== undefined && stock !== '0')
      await stage.stock.adjustStock({ sku, change: stock, reason: '入库' }, clerk.as())
    if (floors) {
      const [rep, manager] = floors
      await stage.prices.createPriceFloor(
        { sku, repFloor: yuan(rep), managerFloor: yuan(manager), validFrom: '2010-01-01' },
        clerk.as(),
      )
    }
    return sku
  }
}
