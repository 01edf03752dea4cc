import { newId } from '@saleswright/kernel'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Binding, bindingsOf } from '../src/edge/bindings.ts'
import { exampleOf } from '../src/openapi/examples.ts'
import { aCompany } from './company.ts'
import { type Guard, guardedBy, openDoors } from './guard.ts'
import { contracts, SERVICES, startPlatform } from './platform.ts'
import { aWorld, CANARY } from './world.ts'

const guard: Guard = { on: true }
const platform = await startPlatform([
  ...SERVICES.map((definition) => guardedBy(guard, definition)),
  openDoors('performance', contracts),
  openDoors('reporting', contracts),
])
const { http } = await platform.open()
const company = await aCompany(http)
const world = await aWorld(http, company, platform.hosted.drained)
const weak = await company.someone(['session@self'])

beforeEach(() => {
  guard.on = true
})

const bindings = bindingsOf(contracts)
const nameOf = ({ verb, path }: Binding) => `${verb} ${path}`
const named = (some: readonly Binding[]) => some.map((binding) => [nameOf(binding), binding] as const)
const withId = bindings.filter(({ pathFields }) => pathFields.length > 0)

/** Path fields of which no row can be had here: their services are not hosted, or make rows by themselves. */
const NOWHERE = ['target_plan_id', 'parked_event_id', 'report', 'commission_line_id', 'statement_id']
/** No ids of rows but names, each in the company of whoever calls: the same name elsewhere is another row. */
const NAMES = ['sku']
/** What every partner may read: there is nothing of anybody's in it. */
const SHARED = ['GetProduct']

const pathOf = ({ path }: Binding, ids: Readonly<Record<string, string>>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(ids[field] ?? newId()))

const ask = (binding: Binding, token: string | undefined, ids: Readonly<Record<string, string>> = world.ids) => {
  const { method, hasBody, pathFields } = binding
  const inPath = new Set(
    method.input.fields.filter(({ name }) => pathFields.includes(name)).map(({ jsonName }) => jsonName),
  )
  const body = Object.fromEntries(Object.entries(exampleOf(method.input)).filter(([name]) => !inPath.has(name)))
  return http.call(binding.verb, pathOf(binding, ids), { token, ...(hasBody && { body, key: newId() }) })
}

test('every id that a route takes stands for a row of the other partner', () => {
  const fields = new Set(withId.flatMap(({ pathFields }) => pathFields))
  expect([...fields].filter((field) => !(field in world.ids) && !NOWHERE.includes(field))).toEqual([])
  expect(NOWHERE.filter((field) => !fields.has(field) || field in world.ids)).toEqual([])
})

describe('F24: a partner with an id of another partner', () => {
  test.each(named(withId))('%s', async (_, binding) => {
    const { status, text, json } = await ask(binding, world.mine.token)
    if (SHARED.includes(binding.method.name)) expect(status).toBe(200)
    else if (binding.access.partners) expect([status, json.code]).toEqual([404, expect.stringMatching(/_not_found$/)])
    else expect([status, json.code]).toEqual([403, 'not_for_partners'])
    expect(text).not.toContain(CANARY)
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
      const [there, nowhere] = [await ask(binding, world.mine.token), await ask(binding, world.mine.token, {})]
      expect(plain(there)).toEqual(plain(nowhere))
    },
  )

  test('and with the own id everything is there', async () => {
    const owned = withId.filter(({ access, verb }) => access.partners && verb === 'GET')
    for (const binding of owned) expect(await ask(binding, world.other.token)).toMatchObject({ status: 200 })
    expect(owned.length).toBeGreaterThan(4)
  })
})

describe('F24: the administrator of another company with an id of this one', () => {
  const known = withId.filter(({ pathFields }) => pathFields.every((field) => ![...NOWHERE, ...NAMES].includes(field)))

  test.each(named(known))('%s', async (_, binding) => {
    const { status, text } = await ask(binding, world.elsewhere)
    expect([status, text]).toEqual([404, expect.not.stringContaining(CANARY)])
  })
})

test('F24: a name of this company is unknown in another', async () => {
  const byName = withId.filter(({ pathFields }) => pathFields.some((field) => NAMES.includes(field)))
  for (const binding of byName) {
    const [there, nowhere] = [
      await ask(binding, world.elsewhere),
      await ask(binding, world.elsewhere, { sku: 'SW-NONE' }),
    ]
    expect([there.status, there.json.code]).toEqual([nowhere.status, nowhere.json.code])
    expect([400, 404]).toContain(there.status)
  }
  expect(byName.length).toBeGreaterThan(1)
})

describe('F24: somebody without the permission', () => {
  const guarded = bindings.filter(({ access }) => access.permission && access.permission !== 'session')

  test.each(named(guarded))('%s', async (_, binding) => {
    expect(await ask(binding, weak.token)).toMatchObject({ status: 403, json: { code: 'permission_missing' } })
  })

  test.each(named(bindings.filter(({ access }) => !access.public)))('%s, and nobody at all', async (_, binding) => {
    expect(await ask(binding, undefined)).toMatchObject({ status: 401, json: { code: 'token_required' } })
  })

  test('what is open to everybody is known by name', () => {
    const open = bindings.filter(({ access }) => access.public || access.permission === 'session').map(nameOf)
    expect(open.toSorted()).toEqual([
      'DELETE /v1/sessions/current',
      'GET /.well-known/jwks.json',
      'GET /v1/me',
      'POST /v1/me/password',
      'POST /v1/sessions',
      'POST /v1/sessions/refresh',
      'POST /v1/setup',
    ])
  })
})

describe('F24: lists', () => {
  const lists = bindings.filter(
    ({ verb, pathFields, access }) => verb === 'GET' && pathFields.length === 0 && !access.public,
  )
  const secrets = [
    CANARY,
    ...Object.entries(world.ids)
      .filter(([field]) => !['sku', 'product_id'].includes(field))
      .map(([, id]) => id),
  ]
  const seen = (text: string) => secrets.filter((secret) => text.includes(secret))

  test.each(named(lists.filter(({ access }) => access.partners)))(
    '%s shows a partner nothing of the other',
    async (_, { path }) => {
      for (const query of [
        '',
        '?pageSize=200&withTotal=true',
        `?customerId=${world.ids.customer_id}`,
        `?orderId=${world.ids.order_id}`,
      ]) {
        const { status, text } = await http.get(path + query, world.mine.token)
        expect([200, 400]).toContain(status)
        expect(seen(path === '/v1/products' ? text.replaceAll(CANARY, '') : text)).toEqual([])
      }
    },
  )

  test.each(named(lists))('%s shows another company nothing of this one', async (_, { path }) => {
    expect(seen((await http.get(path, world.elsewhere)).text)).toEqual([])
  })

  test('sixty-four callers of two companies and two partners at once see their own rows alone', async () => {
    const callers = [world.mine.token, world.elsewhere, world.other.token, company.root]
    const answers = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const own = index % callers.length > 1
        const { status, text } = await http.get('/v1/orders?pageSize=200', callers[index % callers.length])
        return { status, own, seen: text.includes(CANARY) }
      }),
    )
    expect(answers.filter(({ status, own, seen: found }) => status !== 200 || own !== found)).toEqual([])
  })
})

test('F24: without the guard of the stores the same matrix is red', async () => {
  const leaks = async (token: string, some: readonly Binding[]) => {
    const found: string[] = []
    for (const binding of some) {
      const { status, text } = await ask(binding, token)
      if (status !== 404 || text.includes(CANARY)) found.push(nameOf(binding))
    }
    return found
  }
  const ofPartners = withId.filter(({ access, method }) => access.partners && !SHARED.includes(method.name))
  const reads = withId.filter(
    ({ verb, pathFields }) => verb === 'GET' && pathFields.every((field) => ![...NOWHERE, ...NAMES].includes(field)),
  )
  expect(await leaks(world.mine.token, ofPartners)).toEqual([])
  guard.on = false
  expect(await leaks(world.mine.token, ofPartners)).toEqual(ofPartners.map(nameOf))
  expect(await leaks(world.elsewhere, reads)).toEqual(reads.map(nameOf))
})
