import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerOf } from './platform.ts'

type Account = { readonly accountName: string; readonly password: string }

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'accept-language': 'en' },
  body: JSON.stringify(body),
})

/**
 * SALESWRIGHT_TOKEN where it is set. Otherwise the account that an earlier import founded the company with; and where there is
 * no company yet, it is founded, with the setup token of the data folder.
 */
export const signInFor = (url: string, data: string): (() => Promise<string>) => {
  const { SALESWRIGHT_TOKEN } = process.env
  if (SALESWRIGHT_TOKEN) return async () => SALESWRIGHT_TOKEN
  return async () => {
    const file = join(data, 'import-account')
    const account = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Account)
      : await found(url, data, file)
    const session = await answerOf<{ accessToken: string }>(await fetch(new URL('/v1/sessions', url), json(account)))
    return session.accessToken
  }
}

const found = async (url: string, data: string, file: string): Promise<Account> => {
  const token = join(data, 'setup-token')
  if (!existsSync(token)) {
    throw new Error(`there is no ${token}: start the platform on this data folder, or set SALESWRIGHT_TOKEN`)
  }
  const account = { accountName: 'administrator', password: randomBytes(18).toString('base64url') }
  const setup = {
    setupToken: readFileSync(token, 'utf8').trim(),
    companyName: 'CRM',
    currencyCode: 'USD',
    timeZone: 'America/New_York',
    administrator: { ...account, displayName: 'Administrator' },
    effectiveFrom: '2016-01-01',
  }
  await answerOf(await fetch(new URL('/v1/setup', url), json(setup)))
  writeFileSync(file, JSON.stringify(account), { mode: 0o600 })
  console.error(`Founded the company CRM; its administrator's sign-in is in ${file}.`)
  return account
}
