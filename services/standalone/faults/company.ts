import { setTimeout as wait } from 'node:timers/promises'
import type { Http } from './http.ts'
import { allOf } from './orders.ts'

const PASSWORD = 'eleven green bottles'
const CURRENCY = 'CNY'
const ZONE = 'Asia/Shanghai'

const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format()
const yearStart = (): string => `${today().slice(0, 4)}-01-01`
const yuan = (amount: string) => ({ currencyCode: CURRENCY, amount })

export type Size = {
  readonly skus: number
  /** Of each product. */
  readonly stock: number
  readonly customers: number
  /** How many of them, the first ones, may buy on credit. */
  readonly onCredit: number
}

/** A company that sells: what a driver needs to know of it. */
export type Company = {
  readonly skus: readonly string[]
  readonly customerIds: readonly string[]
}

/** Whoever records money does not confirm it: two sign-ins. */
export type Hands = { readonly seller: string; readonly cashier: string }

export const signIn = async (http: Http): Promise<Hands> => {
  const token = async (accountName: string): Promise<string> => {
    const { accessToken } = await http.post('/v1/sessions', undefined, { accountName, password: PASSWORD })
    return String(accessToken)
  }
  return { seller: await token('root'), cashier: await token('cashier') }
}

const GRANTS = [
  'payments.read@company',
  'payments.confirm@company',
  'organization.approvals.read@company',
  'organization.approvals.decide@company',
]

/** Founds it through the public API, as every client would. */
export const found = async (http: Http, setupToken: string, size: Size): Promise<Company> => {
  const administrator = { accountName: 'root', displayName: '管理员', password: PASSWORD }
  const { rootUnitId } = await http.post('/v1/setup', undefined, {
    setupToken,
    administrator,
    companyName: '华东销售有限公司',
    currencyCode: CURRENCY,
    timeZone: ZONE,
    effectiveFrom: yearStart(),
  })
  const { accessToken } = await http.post('/v1/sessions', undefined, { accountName: 'root', password: PASSWORD })
  const root = String(accessToken)
  const positionId = await hireCashier(http, root, String(rootUnitId))
  const skus = await offer(http, root, size)
  const names = Array.from({ length: size.customers }, (_, index) => `华东第 ${index + 1} 机械有限公司`)
  const customerIds = await allOf(names, 8, async (name) => {
    const { customerId } = await http.post('/v1/customers', root, { name, grade: 'KEY' })
    return String(customerId)
  })
  await planCommission(http, root)
  if (size.onCredit > 0) await lend(http, { positionId, customerIds: customerIds.slice(0, size.onCredit) })
  return { skus, customerIds }
}

const hireCashier = async (http: Http, root: string, orgUnitId: string): Promise<string> => {
  const { roleId } = await http.post('/v1/roles', root, { name: '出纳', grants: GRANTS })
  const { positionId } = await http.post('/v1/positions', root, { title: '出纳', roleIds: [roleId] })
  const assignment = { orgUnitId, positionId, from: yearStart() }
  await http.post('/v1/people', root, { displayName: '出纳', assignment, accountName: 'cashier', password: PASSWORD })
  return String(positionId)
}

const offer = async (http: Http, root: string, { skus: count, stock }: Size): Promise<readonly string[]> => {
  const skus = Array.from({ length: count }, (_, index) => `SKU-${10_000 + index}`)
  await allOf(skus, 8, async (sku) => {
    await http.post('/v1/products', root, { sku, name: `控制器 ${sku}`, uom: '件', taxRate: '0.13', stocked: true })
    await http.post(`/v1/stock-items/${sku}/adjust`, root, { change: String(stock), reason: '期初入库' })
  })
  const list = {
    name: '出厂价',
    kind: 'EX_FACTORY',
    currencyCode: CURRENCY,
    validFrom: yearStart(),
    reason: '首次发布',
  }
  const entries = skus.map((sku, index) => ({ sku, unitPrice: yuan(`${1_299 + (index % 5) * 10}.00`) }))
  await http.post('/v1/price-lists', root, { ...list, entries })
  return skus
}

const planCommission = async (http: Http, root: string): Promise<void> => {
  const plan = {
    name: '回款提成',
    basis: 'COLLECTED',
    periodicity: 'QUARTER',
    currencyCode: CURRENCY,
    validFrom: yearStart(),
  }
  const tiers = [
    { from: yuan('0.00'), rate: '0.03' },
    { from: yuan('75000.00'), rate: '0.05' },
  ]
  const { commissionPlanId } = await http.post('/v1/commission-plans', root, { ...plan, tiers })
  await http.post(`/v1/commission-plans/${String(commissionPlanId)}/activate`, root)
}

type Borrowers = { readonly positionId: string; readonly customerIds: readonly string[] }

const lend = async (http: Http, { positionId, customerIds }: Borrowers): Promise<void> => {
  const { seller, cashier } = await signIn(http)
  await http.post('/v1/authority-rules', seller, { class: 'credit_limit', positionId, from: yearStart() })
  await allOf(customerIds, 8, async (customerId) => {
    const { creditEvaluationId } = await http.post('/v1/credit-evaluations', seller, {
      customerId,
      requestedLimit: yuan('9000000000.00'),
      validFrom: today(),
      validUntil: `${Number(today().slice(0, 4)) + 1}-12-31`,
      grounds: '三年无逾期',
    })
    const path = `/v1/credit-evaluations/${String(creditEvaluationId)}`
    const { approvalId } = await http.post(`${path}/submit`, seller)
    await eventually(
      async () => (await http.call('GET', `/v1/approvals/${String(approvalId)}`, { token: cashier })).status === 200,
    )
    await http.post(`/v1/approvals/${String(approvalId)}/approve`, cashier, { comment: '同意' })
    await eventually(async () => (await http.get(path, seller)).status === 'APPROVED')
  })
}

const PATIENCE_MS = 20_000

const eventually = async (is: () => Promise<boolean>): Promise<void> => {
  const until = performance.now() + PATIENCE_MS
  while (!(await is())) {
    if (performance.now() > until) throw new Error('what had to follow did not come')
    await wait(20)
  }
}

/**
 * The money for prepaid orders of one customer comes in: two sign-ins, as the rule has it. Done again, it has been done.
 * One payment tells of all its orders at once, so that its consumers get them in one batch.
 */
export const pay = async (http: Http, { seller, cashier }: Hands, orderIds: readonly string[]): Promise<void> => {
  const bills = await allOf(orderIds, 4, async (orderId) => {
    const { receivables } = await http.get(`/v1/receivables?orderId=${orderId}`, seller)
    const [bill] = receivables as readonly Bill[]
    if (!bill) throw new Error(`order ${orderId} has no bill`)
    return bill
  })
  const sum = bills.reduce((all, { amount }) => all + BigInt(amount.amount.replace('.', '')), 0n)
  const payment = {
    customerId: bills[0]?.customerId,
    amount: yuan(`${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`),
    method: 'TRANSFER',
    allocations: bills.map(({ receivableId, amount }) => ({ receivableId, amount })),
    receivedOn: today(),
  }
  const { paymentId } = await http.post('/v1/payments', seller, payment, `payment:${orderIds[0]}`)
  await http.post(`/v1/payments/${String(paymentId)}/confirm`, cashier, {}, `confirmation:${orderIds[0]}`)
}

type Bill = {
  readonly receivableId: string
  readonly customerId: string
  readonly amount: { readonly amount: string }
}
