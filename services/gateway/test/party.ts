import { bindingsOf } from '../src/edge/bindings.ts'
import type { Company } from './company.ts'
import { aDealer, type Dealer, yuan } from './dealers.ts'
import type { Ids } from './house.ts'
import type { Http, Json } from './http.ts'
import { contracts, TODAY } from './platform.ts'

/** What stands in everything that is one party's, and must be in no answer to anyone else. */
type Canary = {
  readonly mark: string
  readonly name: string
  /** Personal: nothing but an answer to whoever may see it has it in it. */
  readonly secret: { readonly name: string; readonly line: string; readonly phone: string; readonly email: string }
}

export const canaryOf = (mark: string): Canary => ({
  mark,
  name: `金丝雀 canary-${mark}`,
  secret: {
    name: `联系人 secret-name-${mark}`,
    line: `路 secret-line-${mark}`,
    phone: `+86 139 secret-phone-${mark}`,
    email: `secret-mail-${mark}@example.com`,
  },
})

export const textsOf = ({ name, secret }: Canary): readonly string[] => [name, ...Object.values(secret)]

/** Everything that can be permitted, over a unit and what lies below it. */
const EVERYTHING = [
  ...new Set(bindingsOf(contracts).flatMap(({ access: { permission } }) => (permission ? [permission] : []))),
]
  .filter((permission) => permission !== 'session')
  .map((permission) => `${permission}@subtree`)

type Insider = Awaited<ReturnType<Company['someone']>>
type Place = { readonly unitId: string; readonly insider: Insider; readonly dealer: Dealer }

const firstOf = async (http: Http, path: string, token: string): Promise<Json> => {
  const rows = Object.values((await http.get(path, token)).json).find((value) => Array.isArray(value)) as Json[]
  return rows[0]
}

/** A unit, somebody who may do everything in it, and a partner who is that person's customer. */
const placeOf = async (http: Http, company: Company, { name, mark }: Canary): Promise<Place> => {
  const unit = { name: `分部 ${mark}`, kind: 'DEPARTMENT', parentId: company.company.rootUnitId }
  const { orgUnitId } = await http.post('/v1/org-units', company.root, unit)
  const insider = await company.someone(EVERYTHING, orgUnitId)
  const dealer = await aDealer(http, company, name, insider.personId)
  return { unitId: orgUnitId, insider, dealer }
}

/** An order of a partner, paid, released and planned for shipping. */
const tradeOf = async (http: Http, { root, someone }: Company, { customerId, token }: Dealer, goods: Goods) => {
  const { canary, sku } = goods
  const { secret } = canary
  const to = { name: secret.name, line1: secret.line, line2: secret.line, city: '上海', countryCode: 'CN' }
  const address = { ...to, phone: secret.phone }
  const { orderId } = await http.post('/v1/orders', token, {
    customerId,
    lines: [{ sku, quantity: '2' }],
    externalOrderNo: canary.name,
    note: canary.name,
    shipTo: address,
    billTo: address,
  })
  const { paymentRequestId, amount } = await firstOf(http, `/v1/payment-requests?orderId=${orderId}`, root)
  const clerk = await someone(['payments.write@company', 'receivables.read@company'])
  const allocations = [{ paymentRequestId, amount }]
  const payment = { customerId, amount, method: 'TRANSFER', allocations, receivedOn: TODAY }
  const { paymentId } = await http.post('/v1/payments', clerk.token, payment)
  await http.post(`/v1/payments/${paymentId}/confirm`, root)
  await http.post(`/v1/orders/${orderId}/release`, root)
  const { receivableId } = await firstOf(http, `/v1/receivables?orderId=${orderId}`, root)
  const { shipmentId } = await http.post('/v1/shipments', root, { orderId })
  const { ledgerLineId } = await firstOf(http, `/v1/ledger-lines?orderId=${orderId}`, root)
  return {
    order_id: orderId,
    payment_request_id: paymentRequestId,
    receivable_id: receivableId,
    payment_id: paymentId,
    shipment_id: shipmentId,
    ledger_line_id: ledgerLineId,
  }
}

const salesOf = async (http: Http, { insider: { token }, dealer }: Place, { name, secret }: Canary) => {
  const { customerId } = dealer
  const person = { name: secret.name, phone: secret.phone, email: secret.email }
  const { contactId } = await http.post('/v1/contacts', token, { customerId, ...person, title: name })
  const { leadId } = await http.post('/v1/leads', token, { title: name })
  const { opportunityId } = await http.post('/v1/opportunities', token, { title: name, customerId })
  const evaluation = {
    customerId,
    requestedLimit: yuan('1000.00'),
    validFrom: TODAY,
    validUntil: '2027-03-10',
    grounds: name,
  }
  const { creditEvaluationId } = await http.post('/v1/credit-evaluations', token, evaluation)
  await http.post(`/v1/credit-evaluations/${creditEvaluationId}/submit`, token)
  return {
    contact_id: contactId,
    lead_id: leadId,
    opportunity_id: opportunityId,
    credit_evaluation_id: creditEvaluationId,
  }
}

/** Published by somebody above, so that there are targets and attainments of it. */
const targetsOf = async (http: Http, { root }: Company, { insider, unitId }: Place, { name }: Canary) => {
  const amount = yuan('777.00')
  const plan = {
    name,
    period: '2026',
    basis: 'COLLECTED',
    currencyCode: 'CNY',
    targets: [
      { node: { kind: 'PERSON', id: insider.personId }, period: '2026-Q1', kind: 'QUOTA', amount },
      { node: { kind: 'ORG_UNIT', id: unitId }, period: '2026-Q1', kind: 'QUOTA', amount },
    ],
  }
  const { targetPlanId } = await http.post('/v1/target-plans', insider.token, plan)
  await http.post(`/v1/target-plans/${targetPlanId}/publish`, root)
  return { target_plan_id: targetPlanId }
}

export type Goods = { readonly canary: Canary; readonly sku: string; readonly drained: () => Promise<void> }

/** A unit of a company with its partner, and everything that both have. */
export const aParty = async (http: Http, company: Company, goods: Goods) => {
  const { canary, drained } = goods
  const place = await placeOf(http, company, canary)
  const { insider, dealer } = place
  const made = {
    ...(await tradeOf(http, company, dealer, goods)),
    ...(await salesOf(http, place, canary)),
    ...(await targetsOf(http, company, place, canary)),
  }
  await drained()
  const { approvalId } = await firstOf(http, `/v1/approvals`, insider.token)
  const { commissionLineId, statementId } = await firstOf(http, '/v1/commission-lines', insider.token)
  const ids: Ids = {
    ...made,
    customer_id: dealer.customerId,
    partner_application_id: dealer.application.partnerApplicationId,
    approval_id: approvalId,
    commission_line_id: commissionLineId,
    statement_id: statementId,
  }
  return { ...dealer, unitId: place.unitId, insider, canary, ids, sku: goods.sku }
}

export type Party = Awaited<ReturnType<typeof aParty>>
