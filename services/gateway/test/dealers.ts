import type { Company } from './company.ts'
import type { Http } from './http.ts'

export const yuan = (amount: string) => ({ currencyCode: 'CNY', amount })

/** Goods that every partner may order at 100 yuan. */
export const someGoods = async (http: Http, token: string, sku = 'SW-100') => {
  const product = await http.post('/v1/products', token, {
    sku,
    name: '阀门',
    uom: '件',
    taxRate: '0.13',
    stocked: false,
  })
  const list = {
    name: 'wholesale',
    kind: 'WHOLESALE',
    currencyCode: 'CNY',
    validFrom: '2026-01-01',
    reason: 'year',
    reasonCode: 'INTRODUCTION',
    entries: [{ sku, unitPrice: yuan('100.00') }],
  }
  const { priceListId } = await http.post('/v1/price-lists', token, list)
  return { sku, productId: product.productId, priceListId: priceListId }
}

type Credentials = { readonly clientId: string; readonly clientSecret: string }

/** A partner with a file, an application and a token of it. */
export const aDealer = async (http: Http, { root }: Pick<Company, 'root'>, name: string, ownerId?: string) => {
  const file = { name, grade: 'KEY', channelTier: 'DISTRIBUTOR', ...(ownerId && { ownerId }) }
  const { customerId } = await http.post('/v1/customers', root, file)
  const agreement = { tier: 'DISTRIBUTOR', orderIntake: 'AUTOMATIC', activeFrom: '2026-01-01' }
  await http.post(`/v1/customers/${customerId}/agreements`, root, agreement)
  const made = await http.post('/v1/partner-applications', root, { partnerId: customerId, name })
  const { application, clientSecret } = made
  const credentials: Credentials = { clientId: application.clientId, clientSecret: clientSecret }
  const token = await tokenOf(http, credentials)
  return { customerId: customerId, application, credentials, token }
}

export type Dealer = Awaited<ReturnType<typeof aDealer>>

export const tokenOf = async (http: Http, { clientId, clientSecret }: Credentials): Promise<string> => {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const { status, text, json } = await http.call('POST', '/oauth/token', {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  if (status !== 200) throw new Error(`POST /oauth/token: ${status} ${text}`)
  return json.access_token
}
