import type { MessageInitShape } from '@bufbuild/protobuf'
import {
  type CreateProductRequest,
  ProductSchema,
  type ProductService,
  type UpdateProductRequest,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { companyScope, conflict, etagOf, expectEtag, formatRate, newId, parseRate } from '@saleswright/kernel'
import type { Call, Implementation } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { tellCatalog } from '../catalog/tell-catalog.ts'
import { companyRows } from '../company-rows.ts'
import type { Desk } from '../desk.ts'
import { readExternalRef, refuseKnownRef } from '../external-ref.ts'
import { searchFilter } from '../search-keys.ts'
import { createProduct, type Product, updateProduct } from './product.ts'

export const productRpc = (desk: Desk): Implementation<typeof ProductService> => {
  const { store, products } = desk
  return {
    createProduct: (request, call) =>
      tellCatalog(desk, call, () =>
        store.answer(call, ProductSchema, async (tx) => view(await create(desk, tx, request, call))),
      ),

    getProduct: async ({ productId }, call) => view(await products.get(companyRows(call), productId)),

    updateProduct: (request, call) =>
      tellCatalog(desk, call, () =>
        store.answer(call, ProductSchema, async (tx) => {
          const product = await tx.get(products, companyRows(call), request.productId)
          expectEtag(product, request.etag)
          return view(tx.save(products, updateProduct(product, changesOf(request))))
        }),
      ),

    listProducts: async ({ q, sku, ...query }, call) => {
      const filter = { ...(sku && { sku }), ...searchFilter(q) }
      const { items, ...page } = await products.list(companyRows(call), { ...query, filter })
      return { products: items.map(view), ...page }
    },
  }
}

const create = async ({ products }: Desk, tx: Tx, request: CreateProductRequest, call: Call): Promise<Product> => {
  const { sku, name, series, uom, taxRate, stocked } = request
  const { companyId } = call.actor
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, products, companyId, externalRef)
  const [known] = await tx.findBy(products, companyScope(companyId), { sku })
  if (known) throw conflict('product_exists', { sku, productId: known.id })
  const facts = { id: newId(), companyId, sku, name, uom, taxRate: parseRate(taxRate), stocked }
  return tx.save(
    products,
    createProduct({ ...facts, ...(series !== undefined && { series }), ...(externalRef && { externalRef }) }),
  )
}

const changesOf = ({ name, series, taxRate, stocked, active }: UpdateProductRequest) => ({
  ...(name !== undefined && { name }),
  ...(series !== undefined && { series }),
  ...(taxRate !== undefined && { taxRate: parseRate(taxRate) }),
  ...(stocked !== undefined && { stocked }),
  ...(active !== undefined && { active }),
})

const view = (product: Product): MessageInitShape<typeof ProductSchema> => ({
  productId: product.id,
  sku: product.sku,
  name: product.name,
  uom: product.uom,
  taxRate: formatRate(product.taxRate),
  stocked: product.stocked,
  active: product.active,
  etag: etagOf(product),
  ...(product.series !== undefined && { series: product.series }),
  ...(product.externalRef && { externalRef: product.externalRef }),
})
