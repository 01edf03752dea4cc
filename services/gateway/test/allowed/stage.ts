import { setTimeout as wait } from 'node:timers/promises'
import { aCompany, PASSWORD, withToken } from '../company.ts'
import { someGoods } from '../dealers.ts'
import type { Ids } from '../house.ts'
import type { Answer, Http, Json } from '../http.ts'
import { aParty, canaryOf } from '../party.ts'
import { EVERY_SERVICE, startPlatform } from '../platform.ts'
import { aWorld } from '../world.ts'
import { type Known, knownValues } from './known.ts'
import type { Operation } from './operations.ts'
import type { Request } from './request.ts'

/** Values that no answer names, or none that can be asked for again. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  report: ['sales', 'pipeline'],
  context: ['organization', 'customers', 'orders', 'performance', 'incentives', 'reporting', 'gateway'],
  currencyCode: ['CNY'],
  amount: ['100.00', '1', '0.01', '1000.00', '0', '999999999999', '999999999999.99', '-5'],
  quantity: ['1', '2', '0', '0.5', '999999999'],
  period: ['2026', '2026-Q1', '2026-03'],
  year: ['2026', '2025'],
  timeZone: ['Asia/Shanghai', 'UTC'],
  grants: ['orders.read@self', 'customers.read@company'],
  profile: ['crm'],
  class: ['credit_limit', 'price_under_rep_floor'],
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const SIGN_IN: Request = {
  method: 'POST',
  url: '/v1/sessions',
  headers: { 'content-type': 'application/json' },
  payload: JSON.stringify({ accountName: 'root', password: PASSWORD }),
}

const TRIES = 10
const PAUSE_MS = 300

/** On a machine that has other work 503 says: later. */
const patiently = async (http: Http, request: Request, token: string | undefined): Promise<Answer> => {
  const { method, url, headers, payload } = request
  for (let attempt = 1; ; attempt += 1) {
    const answer = await http.call(method, url, { token, headers, ...(payload !== undefined && { body: payload }) })
    if (answer.status !== 503 || attempt === TRIES) return answer
    await wait(PAUSE_MS)
  }
}

/** All but what the one who asks is made of. */
const knownIn = async (http: Http, token: string, ids: Ids): Promise<Known> => {
  const { personId }: Json = (await http.get('/v1/me', token)).json
  const { roleIds, assignments }: Json = (await http.get(`/v1/people/${personId}`, token)).json
  const known = knownValues(new Set([personId, ...roleIds, ...assignments.map(({ positionId }: Json) => positionId)]))
  for (const [name, id] of Object.entries(ids)) known.note(camel(name), id)
  for (const [name, values] of Object.entries(USUAL)) for (const value of values) known.note(name, value)
  return known
}

/** A plan that was asked for at random keeps out whoever comes next. */
const openSeats = async (http: Http, token: string): Promise<void> => {
  const { headcountPlans }: Json = (await http.get('/v1/headcount-plans?pageSize=200', token)).json
  for (const { headcountPlanId } of headcountPlans) {
    await http.call('PATCH', `/v1/headcount-plans/${headcountPlanId}`, { token, body: { planned: 100_000 } })
  }
}

/** A platform with a company in full trade, and those who ask it. */
export const aStage = async () => {
  const platform = await startPlatform(EVERY_SERVICE)
  const { http, app } = await platform.open()
  const company = await aCompany(http)
  const { drained } = platform.hosted
  const world = await aWorld(http, company, drained)
  const tokens = { root: company.root, partner: world.mine.token }
  const known = await knownIn(http, tokens.root, world.ids)
  let signing: Promise<void> | undefined
  const signInAgain = (): Promise<void> => {
    signing ??= patiently(http, SIGN_IN, undefined).then(({ json }) => {
      tokens.root = json.accessToken
      signing = undefined
    })
    return signing
  }
  let parties = 0
  return {
    known,
    document: (await app.inject('/openapi.json')).json() as Json,
    tokenFor: ({ isPublic, partners }: Operation, chance: number): string | undefined => {
      if (isPublic) return undefined
      return partners && chance < 25 ? tokens.partner : tokens.root
    },
    /** What is asked ends, cancels and renames what there is; so there has to be something new to ask about. */
    renew: async (): Promise<void> => {
      parties += 1
      await signInAgain()
      const now = withToken(http, company, tokens.root)
      await openSeats(http, now.root)
      const { sku } = await someGoods(http, now.root, `SW-NEW-${parties}`)
      const party = await aParty(http, now, { canary: canaryOf(`new-${parties}`), sku, drained })
      tokens.partner = party.token
      known.begin({ ...Object.fromEntries(Object.entries(party.ids).map(([name, id]) => [camel(name), id])), sku })
    },
    ask: async (request: Request, token: string | undefined): Promise<Answer> => {
      const answer = await patiently(http, request, token)
      // Among what is asked is the end of the session.
      if (answer.status === 401 && token === tokens.root) await signInAgain()
      return answer
    },
  }
}
