import type { Company } from './company.ts'
import { PASSWORD, signIn } from './company.ts'
import { aDealer, type Dealer, someGoods, yuan } from './dealers.ts'
import type { Http } from './http.ts'
import { TODAY } from './platform.ts'

/** Stands in everything that is the other partner's, and must be in no answer to anyone else. */
export const CANARY = '金丝雀 canary-7f3a'

/** Ids by the path field that takes them. */
type Ids = Readonly<Record<string, string>>

const firstOf = async (http: Http, path: string, token: string, name: string) =>
  (await http.get(path, token)).json[name][0]

/** An order of a partner, paid, released and planned for shipping. */
const tradeOf = async (http: Http, { root, someone }: Company, { customerId, token }: Dealer, sku: string) => {
  const line = { sku, quantity: '2' }
  const shipTo = { name: CANARY, line1: CANARY, city: '上海', countryCode: 'CN' }
  const { orderId } = await http.post('/v1/orders', token, {
    customerId,
    lines: [line],
    externalOrderNo: CANARY,
    shipTo,
  })
  const { receivableId, amount } = await firstOf(http, `/v1/receivables?orderId=${orderId}`, root, 'receivables')
  const clerk = await someone(['payments.write@company', 'receivables.read@company'])
  const payment = { customerId, amount, method: 'TRANSFER', allocations: [{ receivableId, amount }], receivedOn: TODAY }
  const { paymentId } = await http.post('/v1/payments', clerk.token, payment)
  await http.post(`/v1/payments/${paymentId}/confirm`, root)
  await http.post(`/v1/orders/${orderId}/release`, root)
  const { shipmentId } = await http.post('/v1/shipments', root, { orderId })
  const { ledgerLineId } = await firstOf(http, `/v1/ledger-lines?orderId=${orderId}`, root, 'ledgerLines')
  return {
    order_id: orderId,
    receivable_id: receivableId,
    payment_id: paymentId,
    shipment_id: shipmentId,
    ledger_line_id: ledgerLineId,
  }
}

const salesOf = async (http: Http, root: string, customerId: string) => {
  const { contactId } = await http.post('/v1/contacts', root, { customerId, name: CANARY, phone: '13900000000' })
  const { leadId } = await http.post('/v1/leads', root, { title: CANARY })
  const { opportunityId } = await http.post('/v1/opportunities', root, { title: CANARY, customerId })
  const evaluation = {
    customerId,
    requestedLimit: yuan('1000.00'),
    validFrom: TODAY,
    validUntil: '2027-03-10',
    grounds: CANARY,
  }
  const { creditEvaluationId } = await http.post('/v1/credit-evaluations', root, evaluation)
  await http.post(`/v1/credit-evaluations/${creditEvaluationId}/submit`, root)
  return {
    contact_id: contactId,
    lead_id: leadId,
    opportunity_id: opportunityId,
    credit_evaluation_id: creditEvaluationId,
  }
}

const houseOf = async (http: Http, { root, company, someone }: Company) => {
  const { personId, roleId, positionId } = await someone(['leads.read@self'])
  const unit = { name: CANARY, kind: 'DEPARTMENT', parentId: company.rootUnitId }
  const { orgUnitId } = await http.post('/v1/org-units', root, unit)
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
    authority_rule_id: authorityRuleId,
    delegation_id: delegationId,
  }
}

const goodsOf = async (http: Http, root: string) => {
  const { sku: stocked } = { sku: 'SW-STOCK' }
  await http.post('/v1/products', root, { sku: stocked, name: CANARY, uom: '件', taxRate: '0', stocked: true })
  await http.post(`/v1/stock-items/${stocked}/adjust`, root, { change: '5', reason: '入库' })
  const floor = { sku: stocked, repFloor: yuan('9.00'), managerFloor: yuan('8.00'), validFrom: '2026-01-01' }
  const { priceFloorId } = await http.post('/v1/price-floors', root, floor)
  const { productId, priceListId, sku } = await someGoods(http, root)
  return {
    order: sku,
    ids: { sku: stocked, price_floor_id: priceFloorId, price_list_id: priceListId, product_id: productId },
  }
}

const gatewayOf = async (http: Http, root: string) => {
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

const commissionOf = async (http: Http, root: string) => {
  const tiers = [{ from: yuan('0.00'), rate: '0.03' }]
  const plan = {
    name: CANARY,
    basis: 'COLLECTED',
    periodicity: 'QUARTER',
    currencyCode: 'CNY',
    validFrom: '2026-01-01',
    tiers,
  }
  return { commission_plan_id: (await http.post('/v1/commission-plans', root, plan)).commissionPlanId }
}

/** Two partners of one company with everything that the second one has, and the administrator of another company. */
export const aWorld = async (http: Http, company: Company, drained: () => Promise<void>) => {
  const { root } = company
  const goods = await goodsOf(http, root)
  const [mine, other] = [await aDealer(http, company, '甲'), await aDealer(http, company, CANARY)]
  const administrator = { accountName: 'elsewhere', displayName: 'x', password: PASSWORD }
  await http.post('/v1/companies', root, { name: '乙', currencyCode: 'CNY', timeZone: 'Asia/Shanghai', administrator })
  const made = {
    ...goods.ids,
    ...(await tradeOf(http, company, other, goods.order)),
    ...(await salesOf(http, root, other.customerId)),
    ...(await houseOf(http, company)),
    ...(await gatewayOf(http, root)),
    ...(await commissionOf(http, root)),
  }
  await drained()
  const approval = await firstOf(http, '/v1/approvals', root, 'approvals')
  const ids: Ids = {
    ...made,
    customer_id: other.customerId,
    partner_application_id: other.application.partnerApplicationId,
    approval_id: approval.approvalId,
  }
  return { mine, other, ids, sku: goods.order, elsewhere: await signIn(http, 'elsewhere') }
}
