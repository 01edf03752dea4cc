import type { Company } from './company.ts'
import { someGoods, yuan } from './dealers.ts'
import type { Http } from './http.ts'
import { TODAY } from './platform.ts'

/** Ids by the path field that takes them. */
export type Ids = Readonly<Record<string, string>>

const organizationOf = async (http: Http, { root, company, someone }: Company, canary: string) => {
  const { personId, roleId, positionId } = await someone(['leads.read@self', 'organization.approvals.decide@company'])
  const unit = { name: canary, kind: 'DEPARTMENT', parentId: company.rootUnitId }
  const { orgUnitId } = await http.post('/v1/org-units', root, unit)
  const { headcountPlanId } = await http.post('/v1/headcount-plans', root, { orgUnitId, planned: 5 })
  const rule = { class: 'credit_limit', positionId, from: '2026-01-01' }
  const { authorityRuleId } = await http.post('/v1/authority-rules', root, rule)
  const delegation = { toPersonId: personId, from: TODAY, until: '2026-03-20' }
  const { delegationId } = await http.post('/v1/delegations', root, delegation)
  return {
    company_id: company.companyId,
    person_id: personId,
    role_id: roleId,
    position_id: positionId,
    org_unit_id: orgUnitId,
    headcount_plan_id: headcountPlanId,
    authority_rule_id: authorityRuleId,
    delegation_id: delegationId,
  }
}

const goodsOf = async (http: Http, root: string, canary: string, skus: Skus) => {
  const { ordered, stocked } = skus
  await http.post('/v1/products', root, { sku: stocked, name: canary, uom: '件', taxRate: '0', stocked: true })
  await http.post(`/v1/stock-items/${stocked}/adjust`, root, { change: '5', reason: '入库' })
  const floors = { repFloor: yuan('9.00'), managerFloor: yuan('8.00') }
  const floor = { sku: stocked, kind: 'EX_FACTORY', ...floors, validFrom: '2026-01-01', reasonCode: 'INTRODUCTION' }
  const { priceFloorId } = await http.post('/v1/price-floors', root, floor)
  const { productId, priceListId } = await someGoods(http, root, ordered)
  const requestId = await awaitedOf(http, root, canary, stocked)
  const prices = { price_floor_id: priceFloorId, price_list_id: priceListId }
  return { sku: stocked, ...prices, product_id: productId, production_request_id: requestId }
}

/** A production request, for an order of more than is there. */
const awaitedOf = async (http: Http, root: string, canary: string, sku: string) => {
  const list = { name: canary, kind: 'EX_FACTORY', currencyCode: 'CNY', validFrom: '2026-01-01' }
  const why = { reason: canary, reasonCode: 'INTRODUCTION', entries: [{ sku, unitPrice: yuan('10.00') }] }
  await http.post('/v1/price-lists', root, { ...list, ...why })
  const { customerId } = await http.post('/v1/customers', root, { name: canary, grade: 'KEY' })
  const lines = [{ sku, quantity: '9' }]
  const { orderId } = await http.post('/v1/orders', root, {
    customerId,
    lines,
    confirmed: true,
    onShortage: 'BACKORDER',
  })
  // So that it counts in no figure.
  await http.post(`/v1/orders/${orderId}/cancel`, root, { reason: '不要了' })
  const { json } = await http.get(`/v1/production-requests?sku=${sku}`, root)
  return json.productionRequests[0].productionRequestId
}

const uploadsOf = async (http: Http, root: string) => {
  const form = new FormData()
  form.set('file', new Blob(['a,b\n']), 'a.csv')
  const headers = { authorization: `Bearer ${root}` }
  const response = await fetch(`${http.address}/v1/files`, { method: 'POST', body: form, headers })
  const { fileId } = (await response.json()) as { readonly fileId: string }
  const files = ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'].map((name) => ({
    name,
    fileId,
  }))
  const { importId } = await http.post('/v1/imports', root, { profile: 'crm', dryRun: true, files })
  return { file_id: fileId, import_id: importId }
}

/** In force, so that what is paid from now on earns commission. */
const commissionOf = async (http: Http, { root, someone }: Company, canary: string) => {
  const plan = {
    name: canary,
    basis: 'COLLECTED',
    periodicity: 'QUARTER',
    currencyCode: 'CNY',
    validFrom: '2026-01-01',
    tiers: [{ from: yuan('0.00'), rate: '0.03' }],
  }
  const { commissionPlanId } = await http.post('/v1/commission-plans', root, plan)
  const checker = await someone(['commission.plans.activate@company'])
  await http.post(`/v1/commission-plans/${commissionPlanId}/activate`, checker.token)
  return { commission_plan_id: commissionPlanId }
}

type Skus = { readonly ordered: string; readonly stocked: string }

/** What belongs to a company and to nobody in it; the canary is in all that has a name. */
export const houseOf = async (http: Http, company: Company, canary: string, skus: Skus): Promise<Ids> => ({
  ...(await goodsOf(http, company.root, canary, skus)),
  ...(await organizationOf(http, company, canary)),
  ...(await uploadsOf(http, company.root)),
  ...(await commissionOf(http, company, canary)),
})
