import { wordOf } from '@saleswright/contracts'
import {
  PriceFloorSchema,
  PriceListSchema,
  type PriceService,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { type Implementation, ownCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { createPriceFloor, floorUntil, priceFloorView } from '../price-floor/create-price-floor.ts'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import { createPriceList, KIND, priceListView, validUntil } from '../price-list/create-price-list.ts'
import type { PriceList } from '../price-list/price-list.ts'
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
    getPriceList: async ({ priceListId }, call) => listView(await priceLists.get(ownCompany(call), priceListId)),
    listPriceLists: async (request, call) => {
      const page = await priceLists.list(ownCompany(call), queryOf(request, { kind: wordOf(KIND, request.kind) }))
      return { priceLists: await Promise.all(page.items.map(listView)), ...pageFacts(page) }
    },

    createPriceFloor: (request, call) =>
      tellCatalog(desk, call, () =>
        store.answer(call, PriceFloorSchema, async (tx) => floorView(await createPriceFloor(desk, tx, request, call))),
      ),
    getPriceFloor: async ({ priceFloorId }, call) => floorView(await priceFloors.get(ownCompany(call), priceFloorId)),
    listPriceFloors: async (request, call) => {
      const page = await priceFloors.list(ownCompany(call), queryOf(request, { sku: request.sku }))
      return { priceFloors: await Promise.all(page.items.map(floorView)), ...pageFacts(page) }
    },
  }
}
