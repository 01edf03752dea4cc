import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { aFolder, running } from './programs.ts'

const ORDERS = 20
const ARGS = ['--port', '0', '--orders', String(ORDERS)]

type Accounts = { readonly people: readonly { readonly account: string; readonly password: string }[] }

const readAccounts = (data: string): Accounts => JSON.parse(readFileSync(join(data, 'demo-accounts'), 'utf8'))

/** What the administrator finds. */
const looker = async (address: string, data: string) => {
  const { password } = readAccounts(data).people.find(({ account }) => account === 'admin') ?? {}
  const signIn = await fetch(`${address}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountName: 'admin', password }),
  })
  expect(signIn.status).toBe(201)
  const { accessToken } = (await signIn.json()) as { accessToken: string }
  return async (path: string): Promise<{ readonly totalSize?: number }> => {
    const response = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
    expect(response.status, path).toBe(200)
    return (await response.json()) as { readonly totalSize?: number }
  }
}

test('a new folder gets a demo company, gone on with where it was cut off, and what to try next works', async () => {
  const data = aFolder()
  const before = await running('main.ts', '--data', data, ...ARGS)
  const customersOf = await inTheMiddle(before.address, data)
  await expect.poll(customersOf, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
  await before.end('SIGKILL')
  expect(JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'))).toMatchObject({ finished: false })

  const after = await running('main.ts', '--data', data, ...ARGS)
  const [guide] = await after.hears(/The demo company is there[\s\S]*\/docs/)
  const look = await looker(after.address, data)
  const sizes = ['/v1/orders', '/v1/customers', '/v1/products', '/v1/people'].map(
    async (path) => (await look(`${path}?withTotal=true&pageSize=1`)).totalSize,
  )
  expect(await Promise.all(sizes)).toEqual([ORDERS, 12, 7, 39])
  expect(statSync(join(data, 'demo-accounts')).mode & 0o777).toBe(0o600)
  const [orders, approvals, sales] = tried(guide)
  expect(orders).toMatchObject({ totalSize: expect.any(Number), orders: expect.any(Array) })
  const asked = expect.objectContaining({ class: 'price_under_rep_floor', status: 'PENDING' })
  expect(approvals).toMatchObject({ approvals: expect.arrayContaining([asked]) })
  expect(sales).toMatchObject({ report: 'sales', rows: expect.any(Array) })

  await after.end('SIGTERM')
  const third = await running('main.ts', '--data', data, ...ARGS)
  const { out, error, code } = await third.end('SIGTERM')
  expect({ told: out.includes('demo company'), error, code }).toEqual({ told: false, error: '', code: 0 })
})

/** The answers to the commands of the guide, typed into a shell one after the other. */
const tried = (guide: string): readonly unknown[] => {
  const commands = guide.split('\n').filter((line) => /^ {2}(TOKEN|curl)/.test(line))
  const script = commands.map((command) => `${command}; echo`).join('\n')
  const answers = execFileSync('bash', ['-c', script], { encoding: 'utf8' })
  return answers.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

/** How many customers there are, once the administrator can look. */
const inTheMiddle = async (address: string, data: string): Promise<() => Promise<number>> => {
  const look = await vi.waitFor(() => looker(address, data), { timeout: 60_000, interval: 100 })
  return async () => (await look('/v1/customers?withTotal=true&pageSize=1')).totalSize ?? 0
}
