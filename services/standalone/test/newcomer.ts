import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

export const PASSWORD = 'eleven green bottles'

type Json = Record<string, unknown>

/** What somebody does with an empty platform who has nothing but its address and its data folder. */
export const newcomer = (address: string, data: string) => {
  let token = ''
  const { ask, create } = calls(address, () => token)
  const signIn = async (): Promise<void> => {
    const { accessToken } = await create('/v1/sessions', { accountName: 'root', password: PASSWORD })
    token = String(accessToken)
  }
  const setUp = async (): Promise<void> => {
    await create('/v1/setup', {
      setupToken: readFileSync(join(data, 'setup-token'), 'utf8').trim(),
      companyName: '华东销售有限公司',
      currencyCode: 'CNY',
      timeZone: 'Asia/Shanghai',
      administrator: { accountName: 'root', displayName: '管理员', password: PASSWORD },
    })
    await signIn()
  }
  const customer = async (): Promise<string> =>
    String((await create('/v1/customers', { name: '青松机械设备有限公司', grade: 'KEY' })).customerId)
  const order = async (): Promise<Json> => {
    const customerId = await customer()
    await create('/v1/products', { sku: SKU, name: '离心泵', uom: '台', taxRate: '0.13', stocked: false })
    await create('/v1/price-lists', priceList())
    return create('/v1/orders', { customerId, lines: [{ sku: SKU, quantity: '2' }], confirmed: true })
  }
  return { ask, create, setUp, signIn, customer, order }
}

const SKU = 'PUMP-01'

const priceList = (): Json => ({
  name: '出厂价',
  kind: 'EX_FACTORY',
  currencyCode: 'CNY',
  validFrom: new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(),
  reason: '首次发布',
  entries: [{ sku: SKU, unitPrice: { currencyCode: 'CNY', amount: '120.00' } }],
})

const calls = (address: string, token: () => string) => {
  const ask = async (method: string, path: string, body?: Json): Promise<{ status: number; answer: Json }> => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(token() && { authorization: `Bearer ${token()}` }),
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, answer: (await response.json()) as Json }
  }
  const create = async (path: string, body: Json): Promise<Json> => {
    const { status, answer } = await ask('POST', path, body)
    expect(answer, path).toMatchObject(status === 201 ? {} : { status: 201 })
    return answer
  }
  return { ask, create }
}
