import { expect, test } from 'vitest'
import { aCompany, signIn } from './company.ts'
import { linkFor, startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
await aCompany(http)

test('the page of a link runs nothing but its own script, and its token reaches no log', async () => {
  const page = await http.get('/password-setup')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.text).toContain('<script src="/password-setup.js">')
  expect((await http.get('/password-setup.js')).status).toBe(200)
})

test('a password is set over HTTP with a token, once, by whoever has it', async () => {
  const token = await linkFor(http.address, 'root')
  const path = `/v1/password-setups/${token}`
  const set = (password: string) => http.call('POST', path, { body: { password } })
  expect(await set('weak')).toMatchObject({ status: 400, json: { code: 'weak_password' } })
  expect(await set('eleven green bottles')).toMatchObject({ status: 200, json: { accountName: 'root' } })
  expect(await set('a dozen green bottles')).toMatchObject({ status: 409, json: { code: 'password_setup_invalid' } })
  expect(await signIn(http, 'root')).toBeTypeOf('string')
})

test('nobody opens a link over HTTP', async () => {
  expect(await http.call('POST', '/v1/password-setups', { body: { accountName: 'root' } })).toMatchObject({
    status: 404,
    json: { code: 'route_not_found' },
  })
})
