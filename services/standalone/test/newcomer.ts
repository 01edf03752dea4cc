import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Http, httpTo, type Json, setUp, signInAs } from '@saleswright/testing/driver'
import { expect } from 'vitest'

/** What somebody does with an empty platform who has nothing but its address and its data folder. */
export const newcomer = (address: string, data: string) => {
  let token: string | undefined
  const { call, post } = strict(httpTo(address))
  const ask = async (method: string, path: string): Promise<{ status: number; answer: Json }> => {
    const { status, json } = await call(method, path, { token })
    return { status, answer: json }
  }
  const create = (path: string, body: Json): Promise<Json> => post(path, token, body)
  const signIn = async (): Promise<void> => {
    token = await signInAs({ post }, 'root')
  }
  const found = async (): Promise<void> => {
    await setUp({ post }, readFileSync(join(data, 'setup-token'), 'utf8').trim())
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
  const upload = async (name: string, content: string): Promise<void> => {
    const form = new FormData()
    form.set('file', new Blob([content]), name)
    const headers = { authorization: `Bearer ${token}` }
    const { status } = await fetch(new URL('/v1/files', address), { method: 'POST', headers, body: form })
    expect(status).toBe(201)
  }
  return { ask, create, upload, setUp: found, signIn, customer, order }
}

const SKU = 'PUMP-01'

const priceList = (): Json => ({
  name: '出厂价',
  kind: 'EX_FACTORY',
  currencyCode: 'CNY',
  validFrom: new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(),
  reason: '首次发布',
  reasonCode: 'INTRODUCTION',
  entries: [{ sku: SKU, unitPrice: { currencyCode: 'CNY', amount: '120.00' } }],
})

/** What is made is answered with 201, and nothing else. */
const strict = ({ call }: Http) => {
  const post: Http['post'] = async (path, token, body, key = randomUUID()) => {
    const { status, json } = await call('POST', path, { token, body, key })
    expect(json, path).toMatchObject(status === 201 ? {} : { status: 201 })
    return json
  }
  return { call, post }
}
