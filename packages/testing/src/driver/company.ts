import { allOf } from './all-of.ts'
import { borrowers } from './borrowers.ts'
import { catalogue } from './catalogue.ts'
import { CURRENCY, yearStart, yuan } from './facts.ts'
import type { Http } from './http.ts'
import { setPassword, setUp, signIn, signInAs } from './sign-in.ts'

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

const IN_FLIGHT = 8

/** What opens an installation: the token for its first company, and its key in base64. */
export type Installation = { readonly setupToken: string; readonly key: string }

/** Founds it on an empty platform through the public API, as every client would. */
export const found = async (http: Http, { setupToken, key }: Installation, size: Size): Promise<Company> => {
  const { rootUnitId, companyId } = await setUp(http, setupToken, { effectiveFrom: yearStart() })
  const root = await signInAs(http, 'root')
  const { positionId, personId } = await hireCashier(http, root, String(rootUnitId))
  await setPassword(http, Buffer.from(key, 'base64'), { companyId: String(companyId), personId })
  const skus = await catalogue(http, root, size)
  const names = Array.from({ length: size.customers }, (_, index) => `华东第 ${index + 1} 机械有限公司`)
  const customerIds = await allOf(names, IN_FLIGHT, async (name) => {
    const { customerId } = await http.post('/v1/customers', root, { name, grade: 'KEY' })
    return String(customerId)
  })
  await planCommission(http, root)
  if (size.onCredit > 0) {
    await borrowers(http, await signIn(http), { positionId, customerIds: customerIds.slice(0, size.onCredit) })
  }
  return { skus, customerIds }
}

const GRANTS = [
  'payments.read@company',
  'payments.confirm@company',
  'organization.approvals.read@company',
  'organization.approvals.decide@company',
]

const hireCashier = async (http: Http, root: string, orgUnitId: string) => {
  const { roleId } = await http.post('/v1/roles', root, { name: '出纳', grants: GRANTS })
  const { positionId } = await http.post('/v1/positions', root, { title: '出纳', roleIds: [roleId] })
  const assignment = { orgUnitId, positionId, from: yearStart() }
  const { personId } = await http.post('/v1/people', root, { displayName: '出纳', assignment, accountName: 'cashier' })
  return { positionId: String(positionId), personId: String(personId) }
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
