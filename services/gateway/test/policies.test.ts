import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aCompany, anotherCompany } from './company.ts'
import type { Json } from './http.ts'
import { startPlatform, TODAY } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const house = await aCompany(http)
const elsewhere = await anotherCompany(http, house)

const ABOVE_LIST = 'orders.price_above_list'
const policy = async (token: string, id = ABOVE_LIST) => (await http.get(`/v1/policies/${id}`, token)).json
const set = (body: Json, token = house.root, key = newId(), id = ABOVE_LIST) =>
  http.call('PATCH', `/v1/policies/${id}`, { token, key, body: { reason: 'because', ...body } })

test('every policy is listed with its default, its choices and its value, page by page', async () => {
  const { json } = await http.get('/v1/policies?withTotal=true', house.root)
  expect(json.policies).toContainEqual({
    policyId: ABOVE_LIST,
    value: 'approve',
    defaultValue: 'approve',
    choices: ['refuse', 'approve', 'allow'],
    versions: [],
    etag: '0',
  })
  const ids = json.policies.map(({ policyId }: Json) => policyId)
  expect(ids).toEqual(ids.toSorted())
  expect(json.totalSize).toBe(ids.length)
  const first = await http.get('/v1/policies?pageSize=1', house.root)
  expect(first.json.policies).toHaveLength(1)
  const second = await http.get(`/v1/policies?pageSize=1&pageToken=${first.json.nextPageToken}`, house.root)
  expect(second.json.policies.map(({ policyId }: Json) => policyId)).toEqual([ids[1]])
  expect(await http.get('/v1/policies?pageToken=none', house.root)).toMatchObject({ status: 400 })
})

test('a change counts from its day, for its company alone, and is in the audit trail under who made it', async () => {
  const { personId, token } = await house.someone(['policies.read@company', 'policies.write@company'])
  const changed = await set({ value: 'allow' }, token)
  expect(changed).toMatchObject({
    status: 200,
    json: {
      value: 'allow',
      versions: [{ number: 1, value: 'allow', validFrom: TODAY, reason: 'because', setBy: personId }],
      etag: '1',
    },
  })
  await set({ value: 'refuse', validFrom: '2026-06-01' }, token)
  expect(await policy(house.root)).toMatchObject({ value: 'allow', versions: [{ number: 1 }, { number: 2 }] })
  expect(await policy(elsewhere.root)).toMatchObject({ value: 'approve', versions: [] })
  const trail = await http.get('/v1/audit-entries?context=orders&pageSize=2', house.root)
  const entry = { type: 'saleswright.api.v1.PolicyChanged', actorId: personId }
  expect(trail.json.auditEntries).toMatchObject([entry, entry])
})

test('a repeat under the same key is one change, and another body under it is refused', async () => {
  const key = newId()
  const id = 'orders.partner_availability'
  const first = await set({ value: 'exact' }, house.root, key, id)
  await set({ value: 'hidden' }, house.root, newId(), id)
  const again = await set({ value: 'exact' }, house.root, key, id)
  expect([again.status, again.json]).toEqual([200, first.json])
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect((await policy(house.root, id)).value).toBe('hidden')
  expect(await set({ value: 'banded' }, house.root, key, id)).toMatchObject({
    status: 422,
    json: { code: 'idempotency_key_reused' },
  })
})

test('what it cannot be, a day that is over, an older sight and an unknown name are refused', async () => {
  expect(await set({ value: 'perhaps' })).toMatchObject({
    status: 400,
    json: { code: 'policy_value_invalid', violations: [{ field: 'value' }] },
  })
  const { token } = await house.someone(['policies.write@company'])
  expect(await set({ value: 'refuse', validFrom: '2026-03-09' }, token)).toMatchObject({
    status: 400,
    json: { code: 'policy_backdated' },
  })
  expect(await set({ value: 'refuse', validFrom: '2026-02-30' })).toMatchObject({ status: 400 })
  expect(await set({ value: 'refuse', etag: '0' })).toMatchObject({ status: 412, json: { code: 'etag_mismatch' } })
  for (const id of ['orders.nothing', 'training.price_above_list', 'orders.constructor']) {
    expect(await set({ value: 'x' }, house.root, newId(), id)).toMatchObject({ status: 404 })
    expect(await http.get(`/v1/policies/${id}`, house.root)).toMatchObject({ status: 404 })
  }
})

test.each(['self', 'team', 'subtree'])('a permission over %s changes nothing', async (reach) => {
  const { token } = await house.someone([`policies.write@${reach}`, 'policies.read@self'])
  expect(await set({ value: 'refuse' }, token)).toMatchObject({ status: 403, json: { code: 'permission_missing' } })
  expect(await http.get(`/v1/policies/${ABOVE_LIST}`, token)).toMatchObject({ status: 200 })
})
