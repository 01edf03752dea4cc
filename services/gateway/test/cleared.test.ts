import type { DescField } from '@bufbuild/protobuf'
import { CLEARED, clearableFields, registry } from '@saleswright/contracts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { bindingsOf, publicPath } from '../src/edge/bindings.ts'
import { aCompany } from './company.ts'
import { someGoods, yuan } from './dealers.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'

const platform = await startPlatform(EVERY_SERVICE)
const { http } = await platform.open()
const { root, company } = await aCompany(http)

const patches = bindingsOf([...registry].flatMap((type) => (type.kind === 'service' ? [type] : []))).filter(
  ({ verb }) => verb === 'PATCH',
)
const jsonNames = (fields: readonly DescField[]) => fields.map(({ jsonName }) => jsonName).toSorted()

const { productId } = await someGoods(http, root)
const parent = await http.post('/v1/customers', root, { name: newId() })
const customer = await http.post('/v1/customers', root, { name: newId() })
const contact = await http.post('/v1/contacts', root, { customerId: customer.customerId, name: '李雷' })

const position = await http.post('/v1/positions', root, { title: newId() })
const above = await http.post('/v1/positions', root, { title: newId() })

/** A record for each PATCH that may clear something, and values for all that it may clear. */
const RECORDS: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>> = {
  '/v1/products/{productId}': [`/v1/products/${productId}`, { series: 'S' }],
  '/v1/org-units/{orgUnitId}': [`/v1/org-units/${company.rootUnitId}`, { purpose: '经销商的开发' }],
  '/v1/positions/{positionId}': [`/v1/positions/${position.positionId}`, { reportsToId: above.positionId }],
  '/v1/contacts/{contactId}': [
    `/v1/contacts/${contact.contactId}`,
    { phone: '13800000000', email: 'li@example.com', title: '经理', part: '决策' },
  ],
  '/v1/customers/{customerId}': [
    `/v1/customers/${customer.customerId}`,
    {
      channelTier: 'AGENT',
      parentCustomerId: parent.customerId,
      sector: '机械',
      region: '华东',
      yearEstablished: 1999,
      employees: 12,
      annualRevenue: yuan('1.00'),
      creditCode: '91350100M000100Y43',
    },
  ],
}

test.each(patches.map((binding) => [publicPath(binding), binding] as const))(
  'PATCH %s: null clears each field that may be absent, and is refused by name for each that may not',
  async (path, { method, pathFields }) => {
    const clearable = clearableFields(method)
    const sent = method.input.fields.filter(({ name }) => !pathFields.includes(name) && name !== CLEARED)
    const [url, values = {}] = RECORDS[path] ?? [path.replaceAll(/\{\w+\}/g, newId())]
    expect(Object.keys(values).toSorted()).toEqual(jsonNames(clearable))
    const patch = (body: unknown) => http.call('PATCH', url, { token: root, body })
    for (const [name, value] of Object.entries(values)) {
      expect(await patch({ [name]: value })).toMatchObject({ status: 200, json: { [name]: value } })
      const cleared = await patch({ [name]: null })
      expect([name, cleared.status, name in cleared.json]).toEqual([name, 200, false])
      expect((await http.get(url, root)).json).toEqual(cleared.json)
      expect((await patch({ [name]: null })).json).toEqual(cleared.json)
    }
    const needed = sent.filter((field) => !clearable.includes(field))
    for (const { jsonName } of needed) {
      const { status, json } = await patch({ [jsonName]: null })
      expect([jsonName, status, json.violations[0].field]).toEqual([jsonName, 400, jsonName])
    }
  },
)

test('the list of cleared fields is not part of the HTTP API', async () => {
  const sent = { token: root, body: { clearedFields: ['series'] } }
  const { status, json } = await http.call('PATCH', `/v1/products/${productId}`, sent)
  expect(status).toBe(400)
  expect(json.violations).toMatchObject([{ field: 'clearedFields', rule: 'unknown_field' }])
  expect((await http.get('/openapi.json')).text.includes('clearedFields')).toBe(false)
})
