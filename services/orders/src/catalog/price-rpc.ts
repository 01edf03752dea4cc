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
import { createPriceList, mendPrice } from '../price-list/create-price-list.ts'
import { KIND, priceListView } from '../price-list/price-list-view.ts'
import { listPrices } from '../product-prices/list-prices.ts'
import { changeCatalog } from './change-catalog.ts'

export const priceRpc = (desk: Desk): Implementation<typeof PriceService> => {
  const { store, priceLists, priceFloors } = desk
  const floorView = async (floor: PriceFloor) => priceFloorView(floor, await floorUntil(priceFloors, floor))
  return {
    listPrices: (request, call) => listPrices(desk, request, call),

    createPriceList: (request, call) =>
      changeCatalog(
        desk,
        call,
        request.entries.map(({ sku }) => sku),
        () =>
          store.answer(call, PriceListSchema, async (tx) =>
            priceListView(await createPriceList(desk, tx, request, call)),
          ),
      ),
    correctPrice: (request, call) =>
      changeCatalog(desk, call, [request.sku], () =>
        store.answer(call, PriceListSchema, async (tx) => priceListView(await mendPrice(desk, tx, request, call))),
      ),
    getPriceList: async ({ priceListId }, call) => priceListView(await priceLists.get(ownCompany(call), priceListId)),
    listPriceLists: async (request, call) => {
      const page = await priceLists.list(ownCompany(call), queryOf(request, { kind: wordOf(KIND, request.kind) }))
      return { priceLists: page.items.map(priceListView), ...pageFacts(page) }
    },

    createPriceFloor: (request, call) =>
      changeCatalog(desk, call, [request.sku], () =>
        store.answer(call, PriceFloorSchema, async (tx) => floorView(await createPriceFloor(desk, tx, request, call))),
      ),
    getPriceFloor: async ({ priceFloorId }, call) => floorView(await priceFloors.get(ownCompany(call), priceFloorId)),
    listPriceFloors: async (request, call) => {
      const page = await priceFloors.list(ownCompany(call), queryOf(request, { sku: request.sku }))
      return { priceFloors: await Promise.all(page.items.map(floorView)), ...pageFacts(page) }
    },
  }
}
