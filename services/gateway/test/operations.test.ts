import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aCompany, anotherCompany } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const house = await aCompany(http)
const elsewhere = await anotherCompany(http, house)
const [auditor, stranger] = await Promise.all(
  [house, elsewhere].map(({ someone }) => someone(['audit.read@company', 'operations.read@company'])),
)

const trail = async (token: string | undefined, query: string) =>
  http.get(`/v1/audit-entries?context=organization${query}`, token)

test('the audit trail of a service is its newest entries first, of the caller’s own company alone, page by page', async () => {
  const { roleId } = await http.post('/v1/roles', house.root, { name: 'watched', grants: ['audit.read@company'] })
  const { json: newest } = await trail(auditor?.token, '&pageSize=1&withTotal=true')
  expect(newest).toMatchObject({ auditEntries: [{ aggregateId: roleId }], totalSize: expect.any(Number) })
  const ids: string[] = []
  let pageToken = ''
  do {
    const { json } = await trail(auditor?.token, `&pageSize=7&pageToken=${pageToken}`)
    ids.push(...json.auditEntries.map(({ eventId }: { eventId: string }) => eventId))
    pageToken = json.nextPageToken
  } while (pageToken)
  expect(ids).toEqual([...new Set(ids)].toSorted().toReversed())
  expect(ids).toHaveLength(newest.totalSize)
  const { json: theirs } = await trail(stranger?.token, '&pageSize=200')
  expect(theirs.auditEntries.length).toBeGreaterThan(0)
  for (const { eventId } of theirs.auditEntries) expect(ids).not.toContain(eventId)
  const { json: oldest } = await trail(auditor?.token, '&pageSize=1&orderBy=eventId')
  expect(oldest.auditEntries[0].eventId).toBe(ids.at(-1))
})

test('a page of the trail goes on for the same question alone', async () => {
  const { json } = await trail(auditor?.token, '&pageSize=1')
  const code = async (query: string) => (await trail(auditor?.token, query)).json.code
  expect(await code(`&pageToken=${json.nextPageToken}&aggregateId=${newId()}`)).toBe('page_token_mismatch')
  expect(await code('&pageToken=5')).toBe('page_token_mismatch')
  expect(await code('&orderBy=actorId')).toBe('bad_order_by')
})

test('the chain of another company’s record is none that one may ask of', async () => {
  const { roleId } = await http.post('/v1/roles', house.root, { name: 'verified', grants: ['audit.read@company'] })
  const verify = (aggregateId: string, token: string | undefined) =>
    http.get(`/v1/audit-entries/verify?context=organization&aggregateId=${aggregateId}`, token)
  const ofOne = { intact: true, events: '1', checkpoints: '0', nextPageToken: '' }
  expect((await verify(roleId, auditor?.token)).json).toEqual(ofOne)
  const [foreign, none] = await Promise.all([verify(roleId, stranger?.token), verify(newId(), stranger?.token)])
  expect([foreign.status, foreign.json.code]).toEqual([404, 'record_not_found'])
  expect([foreign.json.title, foreign.json.detail]).toEqual([none.json.title, none.json.detail])
})

test('one call verifies all records of the company in a service, and says how many entries it went over', async () => {
  const whole = (token: string | undefined, more = '') =>
    http.get(`/v1/audit-entries/verify?context=organization${more}`, token)
  const { json: own } = await whole(auditor?.token)
  expect(own).toMatchObject({ intact: true, nextPageToken: '' })
  const { json: counted } = await trail(auditor?.token, '&withTotal=true')
  expect(Number(own.events)).toBeGreaterThanOrEqual(Number(counted.totalSize))
  const { json: theirs } = await whole(stranger?.token)
  expect(Number(theirs.events)).toBeGreaterThan(0)
  await http.post('/v1/roles', house.root, { name: 'counted', grants: ['audit.read@company'] })
  const [after, abroad] = await Promise.all([whole(auditor?.token), whole(stranger?.token)])
  expect(after.json.events).toBe(String(Number(own.events) + 1))
  expect(abroad.json.events).toBe(theirs.events)
  expect(await whole(auditor?.token, '&pageToken=5')).toMatchObject({
    status: 400,
    json: { code: 'page_token_mismatch' },
  })
})

test('parked events are counted when asked, and come in one order', async () => {
  const parked = (query: string) => http.get(`/v1/parked-events?context=organization${query}`, auditor?.token)
  expect((await parked('')).json).toEqual({ parkedEvents: [], nextPageToken: '' })
  expect((await parked('&withTotal=true')).json).toEqual({ parkedEvents: [], nextPageToken: '', totalSize: 0 })
  expect(await parked('&orderBy=parkedAt')).toMatchObject({ status: 400, json: { code: 'bad_order_by' } })
})

test.each(['self', 'team', 'subtree'])(
  'operators need their permission over the company: over %s it is none',
  async (reach) => {
    const grants = ['operations.read', 'operations.replay', 'operations.drop', 'audit.read'].map(
      (permission) => `${permission}@${reach}`,
    )
    const { token } = await house.someone(grants)
    const settle = (what: string, body: object) =>
      http.call('POST', `/v1/parked-events/${newId()}/${what}`, { token, key: newId(), body })
    const answers = await Promise.all([
      http.get('/v1/parked-events?context=organization', token),
      settle('replay', { context: 'organization' }),
      settle('drop', { context: 'organization', reason: '不再需要' }),
      trail(token, ''),
      http.get(`/v1/audit-entries/verify?context=organization&aggregateId=${newId()}`, token),
    ])
    const refused = { status: 403, json: { code: 'permission_missing' } }
    expect(answers).toMatchObject(Array.from({ length: 5 }, () => refused))
  },
)
