import { passwordSetupTokens, sealingKey } from '@saleswright/service'
import { CURRENCY, ZONE } from './facts.ts'
import type { Http, Json } from './http.ts'

/** Of every account that a driver makes. */
export const PASSWORD = 'eleven green bottles'

/** What the first company of an installation is founded with, beside the token for it. */
export const SETUP = {
  companyName: '华东销售有限公司',
  currencyCode: CURRENCY,
  timeZone: ZONE,
  administrator: { accountName: 'root', displayName: '管理员', password: PASSWORD },
}

/** Whose account it is. */
export type Owner = { readonly companyId: string; readonly personId: string }

/**
 * The token of the first link that the owner of an account gets. Whoever has the key of the installation can write it, as the
 * operator's command does.
 */
export const setupTokenOf = (key: Uint8Array, owner: Owner, number = 1): string =>
  passwordSetupTokens(sealingKey(key, 'organization')).issue({ ...owner, number })

/** Does what the owner of an account does with the link that was mailed to them. */
export const setPassword = async (
  http: Pick<Http, 'post'>,
  key: Uint8Array,
  owner: Owner,
  password = PASSWORD,
): Promise<void> => {
  await http.post(`/v1/password-setups/${setupTokenOf(key, owner)}`, undefined, { password })
}

/** Whoever records money does not confirm it: two access tokens. */
export type Hands = { readonly seller: string; readonly cashier: string }

/** Makes the first company of an installation with its administrator `root`; gives what the platform says of it. */
export const setUp = (http: Pick<Http, 'post'>, setupToken: string, more: object = {}): Promise<Json> =>
  http.post('/v1/setup', undefined, { ...SETUP, setupToken, ...more })

/** An access token of an account. */
export const signInAs = async (http: Pick<Http, 'post'>, accountName: string): Promise<string> => {
  const { accessToken } = await http.post('/v1/sessions', undefined, { accountName, password: PASSWORD })
  return String(accessToken)
}

/** Both hands of a company that was founded. */
export const signIn = async (http: Http): Promise<Hands> => ({
  seller: await signInAs(http, 'root'),
  cashier: await signInAs(http, 'cashier'),
})
