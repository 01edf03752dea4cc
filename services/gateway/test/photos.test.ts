import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aCompany, anotherCompany } from './company.ts'
import { aDealer, someGoods } from './dealers.ts'
import type { Json } from './http.ts'
import { startPlatform, TODAY } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root, someone } = await aCompany(http)
const elsewhere = await anotherCompany(http, { root })

/** A photo as a telephone takes it, as far as anybody looks. */
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe1])

const upload = async (token: string, bytes: Buffer = PHOTO): Promise<string> => {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'photo.jpg')
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${http.address}/v1/files`, { method: 'POST', body: form, headers })
  return ((await response.json()) as Json).fileId
}

/** An order of a dealer, paid and released, and its shipment. */
const shipment = async (): Promise<string> => {
  await someGoods(http, root, 'SW-1')
  const { customerId, token } = await aDealer(http, { root }, '丁')
  const lines = [{ sku: 'SW-1', quantity: '1' }]
  const { orderId } = await http.post('/v1/orders', token, { customerId, lines, externalOrderNo: '1' })
  const asked = await http.get(`/v1/payment-requests?orderId=${orderId}`, root)
  const { paymentRequestId, amount } = asked.json.paymentRequests[0]
  const clerk = await someone(['payments.write@company', 'receivables.read@company'])
  const allocations = [{ paymentRequestId, amount }]
  const payment = { customerId, amount, method: 'TRANSFER', allocations, receivedOn: TODAY }
  const { paymentId } = await http.post('/v1/payments', clerk.token, payment)
  const cashier = await someone(['payments.confirm@company'])
  await http.post(`/v1/payments/${paymentId}/confirm`, cashier.token)
  await http.post(`/v1/orders/${orderId}/release`, root)
  return (await http.post('/v1/shipments', root, { orderId })).shipmentId
}

test('R231: a load shows photos that its own company uploaded, by their bytes, and says which are none', async () => {
  const shipmentId = await shipment()
  const [own, foreign] = [await upload(root), await upload(elsewhere.root)]
  const ship = (...photoIds: string[]) =>
    http.call('POST', `/v1/shipments/${shipmentId}/ship`, {
      token: root,
      key: newId(),
      body: { photoIds },
      headers: { 'accept-language': 'en' },
    })
  for (const wrong of [foreign, newId()]) {
    const { status, json } = await ship(own, wrong)
    expect([status, json.code, json.violations]).toEqual([
      400,
      'file_unknown',
      [
        {
          field: 'photoIds[1]',
          rule: 'file_unknown',
          message: 'A field names a file that is not there; upload it first.',
        },
      ],
    ])
  }
  expect((await ship('no-uuid')).json.violations).toMatchObject([{ field: 'photoIds[0]', rule: 'string.uuid' }])
  const text = await upload(root, Buffer.from('a photo'))
  expect(await ship(own, text)).toMatchObject({
    status: 400,
    json: { code: 'file_unsuited', violations: [{ field: 'photoIds[1]' }] },
  })
  expect(await ship(own)).toMatchObject({ status: 200, json: { status: 'SHIPPED', photoIds: [own] } })
  const names = ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv']
  const files = names.map((name) => ({ name, fileId: own }))
  const body = { profile: 'crm', dryRun: true, files }
  expect(await http.call('POST', '/v1/imports', { token: root, key: newId(), body })).toMatchObject({
    status: 400,
    json: { code: 'file_unsuited', violations: [{ field: 'files[0].fileId' }, {}, {}, {}] },
  })
})
