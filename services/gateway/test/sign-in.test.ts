import { newId } from '@saleswright/kernel'
import { describe, expect, test, vi } from 'vitest'
import { aCompany, PASSWORD } from './company.ts'
import { aDealer, tokenOf } from './dealers.ts'
import { forgeries } from './forgeries.ts'
import { SETUP_TOKEN, startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root, company, someone } = await aCompany(http)
const dealer = await aDealer(http, { root }, '甲')

describe('setting up', () => {
  test('is done once, with the token of the installation', async () => {
    const administrator = { accountName: 'other', displayName: 'x', password: PASSWORD }
    const body = { setupToken: SETUP_TOKEN, companyName: 'x', currencyCode: 'CNY', timeZone: 'UTC', administrator }
    expect(await http.call('POST', '/v1/setup', { body })).toMatchObject({ status: 409, json: { code: 'setup_done' } })
  })
})

describe('signing in', () => {
  const signIn = (accountName: string, password: string) =>
    http.call('POST', '/v1/sessions', { body: { accountName, password } })

  test('gives an access token and a refresh token that is good once', async () => {
    const { status, json, headers } = await signIn('root', PASSWORD)
    expect([status, json]).toEqual([
      201,
      { accessToken: expect.any(String), refreshToken: expect.any(String), expiresInSeconds: 300 },
    ])
    expect(headers.get('cache-control')).toBe('no-store')
    expect((await http.get('/v1/me', json.accessToken)).json).toMatchObject({
      accountName: 'root',
      companyId: company.companyId,
    })
    const refresh = () => http.call('POST', '/v1/sessions/refresh', { body: { refreshToken: json.refreshToken } })
    expect(await refresh()).toMatchObject({ status: 200, json: { expiresInSeconds: 300 } })
    expect(await refresh()).toMatchObject({ status: 401, json: { code: 'refresh_token_reused' } })
  })

  test('does not say whether a name exists', async () => {
    const answers = [await signIn('root', 'wrong'), await signIn(`nobody-${newId()}`, 'wrong')]
    for (const { json } of answers) expect(json).toMatchObject({ status: 401, code: 'sign_in_failed' })
    const [known, unknown] = answers.map(({ json }) => ({ ...json, traceId: '' }))
    expect(unknown).toEqual(known)
  })

  test('locks a name after five failures, also for the right password, and says for how long', async () => {
    const { personId } = await someone(['leads.read@self'])
    const { accountName } = (await http.get(`/v1/people/${personId}`, root)).json
    for (let failure = 0; failure < 5; failure += 1) expect((await signIn(accountName, 'wrong')).status).toBe(401)
    const locked = await signIn(accountName, PASSWORD)
    expect(locked).toMatchObject({ status: 429, json: { code: 'account_locked' } })
    expect(locked.headers.get('retry-after')).toBe('60')
    platform.pass(61)
    expect((await signIn(accountName, PASSWORD)).status).toBe(201)
  })

  test('ends by DELETE, and the token is good no longer', async () => {
    const { accessToken } = (await signIn('root', PASSWORD)).json
    expect(await http.call('DELETE', '/v1/sessions/current', { token: accessToken })).toMatchObject({
      status: 200,
      json: {},
    })
    await vi.waitFor(
      async () =>
        expect(await http.get('/v1/me', accessToken)).toMatchObject({ status: 401, json: { code: 'session_revoked' } }),
      { timeout: 20_000 },
    )
  })
})

describe('OAuth', () => {
  const { clientId, clientSecret } = dealer.credentials
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const grant = 'grant_type=client_credentials'
  const inForm = `client_id=${clientId}&client_secret=${encodeURIComponent(clientSecret)}`
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const ask = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    http.call('POST', '/oauth/token', { body, headers: { ...form, ...headers } })
  const encoded = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`

  test('gives a token for client credentials, in the form or by Basic', async () => {
    for (const answer of [await ask(`${grant}&${inForm}`), await ask(grant, basic(encoded))]) {
      expect(answer).toMatchObject({ status: 200, json: { token_type: 'Bearer', expires_in: 300 } })
      expect(Object.keys(answer.json).toSorted()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await http.get('/v1/orders', answer.json.access_token)).toMatchObject({ status: 200 })
    }
  })

  test('gives no more than was asked for', async () => {
    const { json } = await ask(`${grant}&${inForm}&scope=orders.read`)
    expect(json.scope).toBe('orders.read')
    expect(await http.get('/v1/orders', json.access_token)).toMatchObject({ status: 200 })
    expect(await http.get('/v1/products', json.access_token)).toMatchObject({ status: 403 })
  })

  test.each([
    ['without a grant', inForm, {}, '400 invalid_request'],
    ['for another grant', `grant_type=password&${inForm}`, {}, '400 unsupported_grant_type'],
    ['without credentials', grant, {}, '400 invalid_request'],
    ['with half of them', `${grant}&client_id=${clientId}`, {}, '400 invalid_request'],
    ['with a parameter twice', `${grant}&${grant}&${inForm}`, {}, '400 invalid_request'],
    ['with credentials in both places', `${grant}&${inForm}`, basic(encoded), '400 invalid_request'],
    ['as one client by Basic and another in the form', `${grant}&client_id=x`, basic(encoded), '400 invalid_request'],
    ['for a scope that partners do not have', `${grant}&${inForm}&scope=orders.price`, {}, '400 invalid_scope'],
    ['with a wrong secret', `${grant}&client_id=${clientId}&client_secret=x`, {}, '401 invalid_client'],
    ['with a wrong secret by Basic', grant, basic(`${clientId}:x`), '401 invalid_client'],
    ['of an unknown client', `${grant}&client_id=${newId()}&client_secret=x`, {}, '401 invalid_client'],
    ['with another scheme', grant, { authorization: 'Bearer x' }, '401 invalid_client'],
    ['with a Basic that is none', grant, { authorization: 'Basic ???' }, '401 invalid_client'],
    ['with a Basic that has no colon', grant, basic('x'), '401 invalid_client'],
    ['with broken escapes', grant, basic('%zz:%zz'), '401 invalid_client'],
    ['with an operator for an id', `${grant}&client_id[$ne]=x&client_secret=x`, {}, '400 invalid_request'],
    ['with an id without end', `${grant}&client_id=${'x'.repeat(200)}&client_secret=x`, {}, '400 invalid_request'],
  ])('%s is refused as RFC 6749 says', async (_, body, headers, refusal) => {
    const answer = await ask(body, headers as Readonly<Record<string, string>>)
    expect(`${answer.status} ${answer.json.error}`).toBe(refusal)
    expect(Object.keys(answer.json)).toEqual(['error', 'error_description'])
    expect(answer.json.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(answer.headers.get('www-authenticate')).toBe(answer.status === 401 ? 'Basic realm="saleswright"' : null)
  })

  test('takes no JSON, and no endless form', async () => {
    const json = JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
    expect(await ask(json, { 'content-type': 'application/json' })).toMatchObject({ status: 415 })
    expect(await ask(`${grant}&x=${'x'.repeat(20_000)}`)).toMatchObject({ status: 413 })
    expect((await http.get('/oauth/token')).headers.get('allow')).toBe('OPTIONS, POST')
  })

  test('a rotated secret is told once, and a disabled application gets nothing', async () => {
    const other = await aDealer(http, { root }, '乙')
    const path = `/v1/partner-applications/${other.application.partnerApplicationId}`
    const { clientSecret: fresh } = await http.post(`${path}/rotate-secret`, root)
    expect(await tokenOf(http, { ...other.credentials, clientSecret: fresh })).toEqual(expect.any(String))
    expect((await http.get(path, root)).text).not.toContain(fresh)
    await http.post(`${path}/disable`, root)
    await expect(tokenOf(http, { ...other.credentials, clientSecret: fresh })).rejects.toThrow('invalid_client')
  })
})

describe('tokens', async () => {
  const { json: jwks } = await http.get('/.well-known/jwks.json')
  const fresh = await tokenOf(http, dealer.credentials)

  test('are checked by keys that anyone may read, without their private half', () => {
    expect(jwks.keys).toHaveLength(1)
    expect(Object.keys(jwks.keys[0]).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })

  test.each(forgeries(fresh, jwks, platform.clock.now()))('F21: %s is refused', async (_, token) => {
    const answer = await http.get('/v1/orders', token)
    expect(answer).toMatchObject({ status: 401, json: { code: expect.stringMatching(/^token_(invalid|expired)$/) } })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(answer.text).not.toContain(token)
  })

  test('the real one is taken, in any writing of its scheme, and nowhere else than in its header', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect(await http.call('GET', '/v1/orders', { headers: { authorization: `${scheme} ${fresh}` } })).toMatchObject({
        status: 200,
      })
    expect(await http.get(`/v1/orders?access_token=${fresh}`)).toMatchObject({ status: 400 })
    expect(await http.call('GET', '/v1/orders', { headers: { cookie: `access_token=${fresh}` } })).toMatchObject({
      status: 401,
    })
    expect(
      await http.call('GET', '/v1/orders', { headers: { authorization: `Bearer ${fresh}, Bearer ${fresh}` } }),
    ).toMatchObject({ status: 401 })
  })

  test('are good for five minutes', async () => {
    const token = await tokenOf(http, dealer.credentials)
    platform.pass(331)
    expect(await http.get('/v1/orders', token)).toMatchObject({ status: 401, json: { code: 'token_expired' } })
  })
})
