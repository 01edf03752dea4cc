import { createHmac } from 'node:crypto'
import { PartnerApplicationService } from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { KeyService, TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { newId } from '@saleswright/kernel'
import { claimsOf, client } from '@saleswright/rpc'
import { KEY } from '@saleswright/testing'
import { decodeProtectedHeader } from 'jose'
import mongoose from 'mongoose'
import { expect, test, vi } from 'vitest'
import { aClock, aCompany, PASSWORD, start } from './platform.ts'

const open = async () => {
  const time = aClock(new Date())
  const { hosted, mongo } = await start([], { clock: time.clock })
  const company = await aCompany(hosted)
  return {
    ...company,
    hosted,
    mongo,
    time,
    keys: client(KeyService, hosted.transportOf(KeyService)),
    tokens: client(TokenService, hosted.transportOf(TokenService), hosted.tokenOf('gateway')),
    applications: client(PartnerApplicationService, hosted.transportOf(PartnerApplicationService)),
    kidOf: (token: string) => decodeProtectedHeader(token).kid,
  }
}

test('a new signing key is shown before it signs, and the old one is believed until its last token is gone', async () => {
  const { hosted, keys, sessions, create, time, kidOf } = await open()
  const credentials = { accountName: 'root', password: PASSWORD }
  const old = await sessions.createSession(credentials)
  const shown = (await keys.rotateSigningKey({}, create())).keys.map(({ kid }) => kid)
  expect(shown).toHaveLength(2)
  expect((await keys.getJwks({})).keys.map(({ kid }) => kid)).toEqual(shown)
  expect(kidOf((await sessions.createSession(credentials)).accessToken)).toBe(kidOf(old.accessToken))

  time.pass(31)
  const fresh = await sessions.createSession(credentials)
  expect(kidOf(fresh.accessToken)).toBe(shown[1])
  await expect(hosted.verify(fresh.accessToken)).resolves.toBeDefined()
  await expect(hosted.verify(old.accessToken)).resolves.toBeDefined()

  time.pass(600)
  expect((await keys.getJwks({})).keys.map(({ kid }) => kid)).toEqual([shown[1]])
})

test('the key set shows no private half, and the store holds none that could be read', async () => {
  const { keys, mongo } = await open()
  const [key] = (await keys.getJwks({})).keys
  expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  expect(Object.keys(key ?? {}).toSorted()).toEqual(['$typeName', 'alg', 'crv', 'kid', 'kty', 'use', 'x'])
  const connection = await mongoose.createConnection(mongo, { dbName: 'organization' }).asPromise()
  const stored = JSON.stringify(await connection.collection('signing_keys').find().toArray())
  const logged = JSON.stringify(await connection.collection('events').find().toArray())
  await connection.close()
  expect(stored).toContain('sealed')
  for (const text of [stored, logged]) expect(text).not.toMatch(/PRIVATE KEY|"d":/)
})

test('no password, refresh token or client secret can be read in the store', async () => {
  const { sessions, applications, create, mongo } = await open()
  const { refreshToken } = await sessions.createSession({ accountName: 'root', password: PASSWORD })
  const { clientSecret } = await applications.createPartnerApplication({ partnerId: newId(), name: 'ERP' }, create())
  const connection = await mongoose.createConnection(mongo, { dbName: 'organization' }).asPromise()
  const names = (await connection.listCollections()).map(({ name }) => name)
  const everything = await Promise.all(names.map((name) => connection.collection(name).find().toArray()))
  await connection.close()
  const text = JSON.stringify(everything, (_, value) =>
    value?._bsontype === 'Binary' ? Buffer.from(value.buffer).toString('latin1') : value,
  )
  expect(text).toContain('$argon2id$')
  for (const secret of [PASSWORD, refreshToken.split('.').at(-1)!, clientSecret]) expect(text).not.toContain(secret)
})

test('a service gets its token for the HMAC of its name, and only for its own', async () => {
  const { tokens } = await open()
  const secret = createHmac('sha256', KEY).update('service:orders').digest('hex')
  const { accessToken } = await tokens.issueServiceToken({ service: 'orders', secret })
  expect(claimsOf(accessToken)).toMatchObject({ kind: 'service', companyId: '', grants: [] })
  for (const request of [
    { service: 'customers', secret },
    { service: 'orders', secret: `${secret.slice(0, -1)}0` },
    { service: 'orders', secret: 'x' },
  ]) {
    await expect(tokens.issueServiceToken(request)).rejects.toMatchObject({ code: 'invalid_client' })
  }
})

test('a partner’s program gets what the contracts open to partners, in the partner’s rows, and asks for less', async () => {
  const { tokens, applications, create, companyId } = await open()
  const partnerId = newId()
  const { application, clientSecret } = await applications.createPartnerApplication(
    { partnerId, name: 'ERP' },
    create(),
  )
  const clientId = application!.clientId
  const all = await tokens.issuePartnerToken({ clientId, clientSecret })
  const claims = claimsOf(all.accessToken)
  expect(claims).toMatchObject({ kind: 'partner', companyId, partnerId })
  expect(claims.grants).toContain('orders.write@partner')
  expect(claims.grants.filter((grant) => !grant.endsWith('@partner'))).toEqual([])

  const less = await tokens.issuePartnerToken({ clientId, clientSecret, scope: 'orders.read' })
  expect(less.scope).toBe('orders.read')
  expect(claimsOf(less.accessToken).grants).toEqual(['orders.read@partner'])
  const more = { clientId, clientSecret, scope: 'orders.read organization.roles.write' }
  await expect(tokens.issuePartnerToken(more)).rejects.toMatchObject({ code: 'invalid_scope' })
  for (const wrong of [
    { clientId, clientSecret: 'guess' },
    { clientId: newId(), clientSecret },
  ]) {
    await expect(tokens.issuePartnerToken(wrong)).rejects.toMatchObject({ code: 'invalid_client' })
  }
})

test('a client secret is shown again to the same request only, overlaps a day when rotated, and dies when disabled', async () => {
  const { hosted, tokens, applications, create, time } = await open()
  const key = create()
  const request = { partnerId: newId(), name: 'ERP' }
  const made = await applications.createPartnerApplication(request, key)
  const { clientSecret: first } = made
  expect(await applications.createPartnerApplication(request, key)).toEqual(made)
  const { partnerApplicationId, clientId } = made.application!
  const { clientSecret: second } = await applications.rotateSecret({ partnerApplicationId }, create())
  expect(second).not.toBe(first)
  const issue = (clientSecret: string) => tokens.issuePartnerToken({ clientId, clientSecret })
  await expect(issue(first)).resolves.toBeDefined()
  const { accessToken } = await issue(second)
  time.pass(60)
  await applications.disablePartnerApplication({ partnerApplicationId }, create())
  await expect(issue(second)).rejects.toMatchObject({ code: 'invalid_client' })
  const again = { partnerApplicationId }
  await expect(applications.rotateSecret(again, create())).rejects.toMatchObject({
    code: 'partner_application_is_disabled',
  })
  await vi.waitFor(() => expect(hosted.verify(accessToken)).rejects.toMatchObject({ code: 'session_revoked' }), {
    timeout: 20_000,
  })
})

test('a rotated secret ends after a day', async () => {
  const { tokens, applications, create, time } = await open()
  const { application, clientSecret } = await applications.createPartnerApplication(
    { partnerId: newId(), name: 'ERP' },
    create(),
  )
  const { partnerApplicationId, clientId } = application!
  await applications.rotateSecret({ partnerApplicationId }, create())
  time.pass(86_400)
  await expect(tokens.issuePartnerToken({ clientId, clientSecret })).rejects.toMatchObject({ code: 'invalid_client' })
})

test('a job token says what its person may do now, and nobody gets one for somebody who has left', async () => {
  const { tokens, companyId, unit, role, position, person, people, create, token } = await open()
  const place = {
    orgUnitId: await unit('一组'),
    positionId: await position('录入', [await role('录入', 'orders.write@team')]),
  }
  const personId = await person('韩梅梅', place)
  const ask = { companyId, personId, purpose: 'imports/1' }
  const { accessToken } = await tokens.issueJobToken(ask)
  expect(claimsOf(accessToken)).toMatchObject({
    sub: personId,
    kind: 'staff',
    unitId: place.orgUnitId,
    grants: ['orders.write@team', 'session@self'],
  })
  await expect(tokens.issueJobToken(ask, { token })).rejects.toMatchObject({ code: 'services_only' })
  await people.leavePerson({ personId, on: '2026-02-01' }, create())
  await expect(tokens.issueJobToken(ask)).rejects.toMatchObject({ code: 'person_is_left' })
})
