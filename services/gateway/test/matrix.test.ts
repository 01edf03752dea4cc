import { beforeEach, describe, expect, test } from 'vitest'
import type { Binding } from '../src/edge/bindings.ts'
import { asker, bindings, lists, named, nameOf, withId } from './asking.ts'
import { aCompany } from './company.ts'
import { type Guard, guardedBy } from './guard.ts'
import type { Ids } from './house.ts'
import { aParkedEvent } from './parked.ts'
import { textsOf } from './party.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'
import { REFERRING } from './references.ts'
import { aWorld, HOUSE } from './world.ts'

const guard: Guard = { is: 'on' }
const platform = await startPlatform(EVERY_SERVICE.map((definition) => guardedBy(guard, definition)))
const { http } = await platform.open()
const company = await aCompany(http)
const world = await aWorld(http, company, platform.hosted.drained)
const weak = await company.someone(['session@self'])
const { mine, other, elsewhere } = world
const ids: Ids = { ...world.ids, parked_event_id: await aParkedEvent(platform, http, company) }
const ask = asker(http)

beforeEach(() => {
  guard.is = 'on'
})

/** Path fields that stand for no row of somebody, and why. */
const NO_ROWS: Readonly<Record<string, string>> = {
  policy_id: 'a name: each company has a value of its own (policies.test.ts)',
  report: 'a name: what is in the figures is asked of each in figures.test.ts',
}
/** No ids of rows but names, each in the company of whoever calls: the same name elsewhere is another row. */
const NAMES = ['sku']
/** What belongs to a company and no unit of it: all of its staff with the permission read it. */
const COMPANY_WIDE: Readonly<Record<string, string>> = {
  company_id: 'the company itself',
  org_unit_id: 'the organization is known to all in it',
  position_id: 'part of the organization',
  headcount_plan_id: 'part of the organization',
  role_id: 'part of the organization',
  authority_rule_id: 'who may decide what is known to all',
  product_id: 'one catalog',
  price_list_id: 'one catalog',
  price_floor_id: 'one catalog',
  sku: 'one stock',
  production_request_id: 'one stock',
  commission_plan_id: 'whoever earns by it reads it',
}
/** What every partner may read: there is nothing of anybody's in it. */
const SHARED = ['GetProduct']
/** Routes without an id and without rows of somebody, and why. */
const OPEN_DOORS: Readonly<Record<string, string>> = {
  'DELETE /v1/sessions/current': 'the session of whoever calls',
  'GET /v1/me': 'whoever calls',
  'POST /v1/me/password': 'whoever calls',
  'POST /v1/sessions': 'nobody is known yet',
  'POST /v1/sessions/refresh': 'nobody is known yet',
  'POST /v1/password-setups/{token}': 'whoever has the link',
  'POST /v1/setup': 'there is no company yet',
  'GET /.well-known/jwks.json': 'public keys',
  'POST /v1/companies': 'names no row',
  'POST /v1/roles': 'names no row',
  'POST /v1/products': 'names no row',
  'POST /v1/price-lists': 'names goods of the company',
  'POST /v1/price-floors': 'names goods of the company',
  'POST /v1/commission-plans': 'names no row',
  'POST /v1/signing-keys/rotate': 'the keys of the installation',
  'POST /v1/read-models/rebuild': 'the rows of all companies, and tells none of them',
}
const secrets = [...textsOf(other.canary), HOUSE]
const rows = withId.filter(({ pathFields }) => pathFields.every((field) => !(field in NO_ROWS)))
const ofUnits = rows.filter(({ pathFields }) => pathFields.every((field) => !(field in COMPANY_WIDE)))
const ofCompanies = rows.filter((binding) => !ofUnits.includes(binding))
const leaked = (text: string, some: readonly string[] = secrets) => some.filter((secret) => text.includes(secret))

describe('F24: nothing is left out', () => {
  test('every id that a route takes stands for a row of the other partner, or for none and it says why', () => {
    const fields = new Set(withId.flatMap(({ pathFields }) => pathFields))
    expect([...fields].filter((field) => field in ids === field in NO_ROWS)).toEqual([])
    expect([...Object.keys(NO_ROWS), ...Object.keys(COMPANY_WIDE)].filter((field) => !fields.has(field))).toEqual([])
  })

  test('every other route is a list, names rows in its body, or says why it has none', () => {
    const placed = [...withId, ...lists].map(nameOf)
    const creating = [...new Set(REFERRING.map(({ route }) => route))].filter((route) => !placed.includes(route))
    const all = [...placed, ...creating, ...Object.keys(OPEN_DOORS)]
    expect(all.toSorted()).toEqual(bindings.map(nameOf).toSorted())
  })
})

describe('F24: a partner with an id of another partner', () => {
  test.each(named(withId))('%s', async (_, binding) => {
    const { status, text, json } = await ask(binding, mine.token, ids)
    if (SHARED.includes(binding.method.name)) expect(status).toBe(200)
    else if (binding.access.partners) expect([status, json.code]).toEqual([404, expect.stringMatching(/_not_found$/)])
    else expect([status, json.code]).toEqual([403, 'not_for_partners'])
    expect(leaked(text)).toEqual([])
  })

  test.each(named(withId.filter(({ access, method }) => access.partners && !SHARED.includes(method.name))))(
    '%s cannot tell whether there is such a row',
    async (_, binding) => {
      const plain = ({ json, text }: Awaited<ReturnType<typeof ask>>) => ({
        ...json,
        instance: '',
        traceId: '',
        size: text.length,
      })
      const [there, nowhere] = [await ask(binding, mine.token, ids), await ask(binding, mine.token, {})]
      expect(plain(there)).toEqual(plain(nowhere))
    },
  )

  test('and with the own id everything is there', async () => {
    const owned = withId.filter(({ access, verb }) => access.partners && verb === 'GET')
    for (const binding of owned) expect(await ask(binding, other.token, ids)).toMatchObject({ status: 200 })
    expect(owned.length).toBeGreaterThan(4)
  })
})

describe('F24: staff of another unit, with every permission in their own', () => {
  test.each(named(ofUnits))('%s', async (_, binding) => {
    const { status, text, json } = await ask(binding, mine.insider.token, ids)
    const refused = [status, json.code]
    // What needs a permission over the company is refused before a row is looked for.
    if (binding.verb !== 'GET' && status === 403) expect(json.code).toMatch(/^(permission_missing|migration_needed)$/)
    else expect(refused).toEqual([404, expect.stringMatching(/_not_found$/)])
    expect(leaked(text)).toEqual([])
  })

  test.each(named(ofCompanies))('%s is read by all and changed by none', async (_, binding) => {
    const { status, text } = await ask(binding, mine.insider.token, ids)
    expect(binding.verb === 'GET' ? [200] : [403, 404]).toContain(status)
    expect(leaked(text, textsOf(other.canary))).toEqual([])
  })

  test('and those of the unit itself find what is theirs', async () => {
    const found = ofUnits.filter(
      ({ verb, pathFields }) => verb === 'GET' && pathFields.every((field) => field in other.ids),
    )
    for (const binding of found) {
      if (binding.path.startsWith('/v1/partner-applications')) continue
      expect(await ask(binding, other.insider.token, ids), nameOf(binding)).toMatchObject({ status: 200 })
    }
    expect(found.length).toBeGreaterThan(10)
  })
})

describe('F24: the administrator of another company with an id of this one', () => {
  const known = rows.filter(({ pathFields }) => pathFields.every((field) => !NAMES.includes(field)))

  test.each(named(known))('%s', async (_, binding) => {
    const { status, text } = await ask(binding, elsewhere, ids)
    expect([status, leaked(text)]).toEqual([404, []])
  })

  test('a name of this company is unknown there', async () => {
    const byName = rows.filter((binding) => !known.includes(binding))
    for (const binding of byName) {
      const [there, nowhere] = [await ask(binding, elsewhere, ids), await ask(binding, elsewhere, { sku: 'SW-NONE' })]
      expect([there.status, there.json.code]).toEqual([nowhere.status, nowhere.json.code])
      expect([400, 404]).toContain(there.status)
    }
    expect(byName.length).toBeGreaterThan(1)
  })

  test('events that were put aside are listed to their own company, and to it they are there still', async () => {
    const listed = async (token: string) => {
      const { json } = await http.get('/v1/parked-events?context=orders', token)
      return json.parkedEvents.map(({ parkedEventId }: { parkedEventId: string }) => parkedEventId)
    }
    expect([await listed(company.root), await listed(elsewhere)]).toEqual([[ids.parked_event_id], []])
  })
})

describe('F24: somebody without the permission', () => {
  const guarded = bindings.filter(({ access }) => access.permission && access.permission !== 'session')

  test.each(named(guarded))('%s', async (_, binding) => {
    expect(await ask(binding, weak.token, ids)).toMatchObject({ status: 403, json: { code: 'permission_missing' } })
  })

  test.each(named(bindings.filter(({ access }) => !access.public)))('%s, and nobody at all', async (_, binding) => {
    expect(await ask(binding, undefined, ids)).toMatchObject({ status: 401, json: { code: 'token_required' } })
  })

  test('what is open to everybody is among the doors that say why', () => {
    const open = bindings.filter(({ access }) => access.public || access.permission === 'session').map(nameOf)
    expect(open.filter((route) => !(route in OPEN_DOORS))).toEqual([])
    expect(open).toHaveLength(8)
  })
})

test('F24: without the guard of the stores the same matrix is red', async () => {
  const leaks = async (token: string, some: readonly Binding[]) => {
    const found: string[] = []
    for (const binding of some) {
      const { status, text } = await ask(binding, token, ids)
      if (status !== 404 || leaked(text).length > 0) found.push(nameOf(binding))
    }
    return found
  }
  const ofPartners = withId.filter(({ access, method }) => access.partners && !SHARED.includes(method.name))
  const reads = (some: readonly Binding[]) => some.filter(({ verb }) => verb === 'GET')
  const abroad = reads(rows).filter(({ pathFields }) => pathFields.every((field) => !NAMES.includes(field)))
  expect(await leaks(mine.token, ofPartners)).toEqual([])
  guard.is = 'off'
  expect(await leaks(mine.token, ofPartners)).toEqual(ofPartners.map(nameOf))
  expect(await leaks(elsewhere, abroad)).toEqual(abroad.map(nameOf))
  expect(await leaks(mine.insider.token, reads(ofUnits))).toEqual(reads(ofUnits).map(nameOf))
})
