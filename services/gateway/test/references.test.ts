import { newId } from '@saleswright/kernel'
import { beforeEach, describe, expect, test } from 'vitest'
import { asker, bindings, lists, named, nameOf } from './asking.ts'
import { aCompany } from './company.ts'
import { tokenOf } from './dealers.ts'
import { type Guard, guardedBy } from './guard.ts'
import type { Answer } from './http.ts'
import { type Party, textsOf } from './party.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'
import { REFERRING } from './references.ts'
import { aWorld } from './world.ts'

const guard: Guard = { is: 'on' }
const platform = await startPlatform(EVERY_SERVICE.map((definition) => guardedBy(guard, definition)))
const { http } = await platform.open()
const company = await aCompany(http)
const world = await aWorld(http, company, platform.hosted.drained)
const { mine, foreign, ids, elsewhere } = world
const other: Party = { ...world.other, ids }

beforeEach(() => {
  guard.is = 'on'
})

type Reference = (typeof REFERRING)[number]

const send = async ({ route, body }: Reference, token: string, their: Party, own: Party) => {
  const [verb = '', path = ''] = route.split(' ')
  const on = path.replaceAll(
    /\{(\w+)\}/g,
    (_, field: string) => ({ ...own.ids, org_unit_id: own.unitId, person_id: own.insider.personId })[field] ?? '',
  )
  return http.call(verb, on, { token, body: body(their, own), key: newId() })
}

const rows = REFERRING.map((reference) => [`${reference.route}: ${reference.what}`, reference] as const)
const unseen = rows.filter(([, { unseen: reason }]) => reason !== undefined)
const seen = rows.filter((row) => !unseen.includes(row))
const partners = rows.filter(([, { route }]) => bindings.some((b) => nameOf(b) === route && b.access.partners))
const secrets = textsOf(other.canary)

/** As if it were not there; of a plan that is to be replaced, and of files with their fields, it is said in words of its own. */
const IN_ITS_WORDS = ['nothing_to_supersede', 'file_unknown']
const expectRefused = ({ status, text, json }: Answer): void => {
  if (!IN_ITS_WORDS.includes(json.code)) expect([status, text]).toEqual([expect.toBeOneOf([403, 404]), text])
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
}

describe('F24: a body that names a row of', () => {
  test.each(seen)('another company: %s', async (_, reference) => {
    expectRefused(await send(reference, elsewhere, other, foreign))
  })

  test.each(rows.filter(([, { anybody }]) => anybody === undefined))('another unit: %s', async (_, reference) => {
    expectRefused(await send(reference, mine.insider.token, other, mine))
  })

  test.each(rows.filter(([, { anybody }]) => anybody !== undefined))(
    'another unit, which anybody may: %s',
    async (_, reference) => {
      const { status, text } = await send(reference, mine.insider.token, other, mine)
      expect([200, 201]).toContain(status)
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    },
  )

  test.each(partners)('another partner: %s', async (_, reference) => {
    expectRefused(await send(reference, mine.token, other, mine))
  })

  test.each(rows)('the own: %s', async (_, reference) => {
    const { status, text } = await send(reference, company.root, other, other)
    expect([status, text]).toEqual([expect.toBeOneOf([200, 201, 409]), expect.any(String)])
  })
})

test.each(unseen)('F24: what is not looked up opens nothing: %s', async (_, reference) => {
  const { json } = await send(reference, elsewhere, other, foreign)
  const { clientId } = json.application
  const token = await tokenOf(http, { clientId, clientSecret: json.clientSecret })
  for (const { path } of lists.filter(({ access }) => access.partners)) {
    const { status, text } = await http.get(path, token)
    expect([status, secrets.filter((secret) => text.includes(secret))]).toEqual([200, []])
  }
  expect((await http.get(`/v1/customers/${ids.customer_id}`, token)).status).toBe(404)
})

describe('F24: what belongs to the whole company is changed over the company alone', () => {
  const COMPANY_WIDE = [
    'POST /v1/companies',
    'POST /v1/roles',
    'POST /v1/positions',
    'POST /v1/authority-rules',
    'POST /v1/products',
    'PATCH /v1/products/{product_id}',
    'POST /v1/price-lists',
    'POST /v1/price-floors',
    'POST /v1/stock-items/{sku}/adjust',
    'POST /v1/commission-plans',
    'POST /v1/signing-keys/rotate',
    'POST /v1/read-models/rebuild',
  ]
  const some = bindings.filter((binding) => COMPANY_WIDE.includes(nameOf(binding)))

  test.each(named(some))('%s', async (_, binding) => {
    const { status, json } = await asker(http)(binding, other.insider.token, ids)
    expect([status, json.code]).toEqual([403, 'permission_missing'])
    expect(some).toHaveLength(COMPANY_WIDE.length)
  })
})

test('F24: without the guard of the stores what a body names is found, whoever’s it is', async () => {
  const statusOf = async (reference: Reference) => (await send(reference, mine.insider.token, other, mine)).status
  const hidden: Reference[] = []
  // Files are found by several ids at once, which this guard leaves as it is.
  for (const [, reference] of seen.filter(([, { what, doubled }]) => what !== 'files' && !doubled)) {
    if ((await statusOf(reference)) === 404) hidden.push(reference)
  }
  expect(hidden.length).toBeGreaterThan(5)
  guard.is = 'off'
  for (const reference of hidden) expect(await statusOf(reference), reference.route).not.toBe(404)
})
