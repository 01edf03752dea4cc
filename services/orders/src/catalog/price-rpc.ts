import {
  PriceFloorSchema,
  PriceListSchema,
  type PriceService,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import type { Implementation } from '@saleswright/rpc'
import { companyRows } from '../company-rows.ts'
import type { Desk } from '../desk.ts'
import { createPriceFloor, floorUntil, priceFloorView } from '../price-floor/create-price-floor.ts'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import { createPriceList, KIND, priceListView, validUntil } from '../price-list/create-price-list.ts'
import type { PriceList } from '../price-list/price-list.ts'
import { statusFilter } from '../status-filter.ts'
import { tellCatalog } from './tell-catalog.ts'

export const priceRpc = (desk: Desk): Implementation<typeof PriceService> => {
  const { store, priceLists, priceFloors } = desk
  const listView = async (list: PriceList) => priceListView(list, await validUntil(priceLists, list))
  const floorView = async (floor: PriceFloor) => priceFloorView(floor, await floorUntil(priceFloors, floor))
  return {
    createPriceList: (request, call) =>
      tellCatalog(desk, call, () =>
        store.answer(call, PriceListSchema, async (tx) => listView(await createPriceList(desk, tx, request, call))),
      ),
    getPriceList: async ({ priceListId }, call) => listView(await priceLists.get(companyRows(call), priceListId)),
    listPriceLists: async ({ kind, ...query }, call) => {
      const filter = statusFilter(KIND, kind, 'kind')
      const { items, ...page } = await priceLists.list(companyRows(call), { ...query, filter })
      return { priceLists: await Promise.all(items.map(listView)), ...page }
    },

    createPriceFloor: (request, call) =>
      tellCatalog(desk, call, () =>
        store.answer(call, PriceFloorSchema, async (tx) => floorView(await createPriceFloor(desk, tx, request, call))),
      ),
    getPriceFloor: async ({ priceFloorId }, call) => floorView(await priceFloors.get(companyRows(call), priceFloorId)),
    listPriceFloors: async ({ sku, ...query }, call) => {
      const { items, ...page } = await priceFloors.list(companyRows(call), { ...query, filter: sku ? { sku } : {} })
      return { priceFloors: await Promise.all(items.map(floorView)), ...page }
    },
  }
}
