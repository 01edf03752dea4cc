import type { MessageInitShape } from '@bufbuild/protobuf'
import { patched } from '@saleswright/contracts'
import {
  type CreateProductRequest,
  ProductSchema,
  type ProductService,
  type UpdateProductRequest,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { conflict, etagOf, expectEtag, formatRate, newId, parseRate, readExternalRef } from '@saleswright/kernel'
import { type Call, type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, refuseKnownRef, searchFilter, type Tx } from '@saleswright/store'
import { changeCatalog } from '../catalog/change-catalog.ts'
import type { Desk } from '../desk.ts'
import { createProduct, type Product, updateProduct } from './product.ts'

export const productRpc = (desk: Desk): Implementation<typeof ProductService> => {
  const { store, products } = desk
  return {
    createProduct: (request, call) =>
      changeCatalog(desk, call, [request.sku], () =>
        store.answer(call, ProductSchema, async (tx) => view(await create(desk, tx, request, call))),
      ),

    getProduct: async ({ productId }, call) => view(await products.get(ownCompany(call), productId)),

    updateProduct: async (request, call) => {
      const { sku } = await products.get(wholeCompany(call), request.productId)
      return changeCatalog(desk, call, [sku], () =>
        store.answer(call, ProductSchema, async (tx) => {
          const product = await tx.get(products, wholeCompany(call), request.productId)
          expectEtag(product, request.etag)
          return view(tx.save(products, updateProduct(product, changesOf(request), tx.at)))
        }),
      )
    },

    listProducts: async (request, call) => {
      const filter = { sku: request.sku, ...searchFilter(request.q) }
      const page = await products.list(ownCompany(call), queryOf(request, filter))
      return { products: page.items.map(view), ...pageFacts(page) }
    },
  }
}

const create = async ({ products }: Desk, tx: Tx, request: CreateProductRequest, call: Call): Promise<Product> => {
  const { sku, name, series, uom, taxRate, stocked, quantityDecimals } = request
  const { companyId } = call.actor
  const company = wholeCompany(call)
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, products, companyId, externalRef)
  const [known] = await tx.findBy(products, company, { sku })
  if (known) throw conflict('product_exists', { sku, productId: known.id })
  const measure = { uom, quantityDecimals, taxRate: parseRate(taxRate), stocked, changedAt: tx.at }
  const facts = { id: newId(), companyId, sku, name, ...measure }
  return tx.save(
    products,
    createProduct({ ...facts, ...(series !== undefined && { series }), ...(externalRef && { externalRef }) }),
  )
}

const changesOf = ({ name, taxRate, stocked, active, ...request }: UpdateProductRequest) => ({
  ...(name !== undefined && { name }),
  series: patched(request, 'series'),
  ...(taxRate !== undefined && { taxRate: parseRate(taxRate) }),
  ...(stocked !== undefined && { stocked }),
  ...(active !== undefined && { active }),
})

const view = (product: Product): MessageInitShape<typeof ProductSchema> => ({
  productId: product.id,
  sku: product.sku,
  name: product.name,
  uom: product.uom,
  quantityDecimals: product.quantityDecimals,
  taxRate: formatRate(product.taxRate),
  stocked: product.stocked,
  active: product.active,
  etag: etagOf(product),
  ...(product.series !== undefined && { series: product.series }),
  ...(product.externalRef && { externalRef: product.externalRef }),
})
