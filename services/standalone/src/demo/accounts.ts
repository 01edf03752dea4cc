import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DataFolder, writePrivately } from '../data-folder.ts'
import type { PartnerAccess } from './partner.ts'
import { ADMINISTRATOR, STAFF } from './staff.ts'

/** The sign-ins of the demo company, for the owner of the data folder. */
export type Accounts = {
  readonly people: readonly { readonly account: string; readonly name: string; readonly password: string }[]
  /** Once the partner is there. */
  readonly partner?: PartnerAccess | undefined
}

export const accountsFile = ({ path }: Pick<DataFolder, 'path'>): string => join(path, 'demo-accounts')

/** Made with random passwords when they are first asked for, and written down before anybody is given one. */
export const openAccounts = (folder: Pick<DataFolder, 'path'>): Accounts => {
  const file = accountsFile(folder)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Accounts
  const everybody = [ADMINISTRATOR, ...STAFF]
  return keepAccounts(folder, {
    people: everybody.map(({ account, displayName }) => ({ account, name: displayName, password: aPassword() })),
  })
}

export const keepAccounts = (folder: Pick<DataFolder, 'path'>, accounts: Accounts): Accounts => {
  writePrivately(accountsFile(folder), `${JSON.stringify(accounts, undefined, 2)}\n`)
  return accounts
}

export const passwordOf = ({ people }: Accounts, account: string): string => {
  const found = people.find((person) => person.account === account)
  if (!found) throw new Error(`the demo has no sign-in ${account}`)
  return found.password
}

const aPassword = (): string => randomBytes(12).toString('base64url')
