import { createHash, timingSafeEqual } from 'node:crypto'
import {
  CompanySchema,
  type CompanyService,
  type SetupRequest_Administrator,
} from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { conflict, etagOf, forbidden, parseBusinessDate } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { checkPassword, hashPassword } from '../account/password.ts'
import type { Books } from '../repositories.ts'
import type { Company } from './company.ts'
import { type Administrator, foundCompany } from './found-company.ts'
import { takeOverRules } from './take-over-rules.ts'

export const companyView = (company: Company) => ({
  companyId: company.id,
  name: company.name,
  currencyCode: company.currency,
  timeZone: company.timeZone,
  rootUnitId: company.rootUnitId,
  ...(company.parentId !== undefined && { parentCompanyId: company.parentId }),
  etag: etagOf(company),
})

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Without a token in the configuration nobody sets this installation up over the network. */
const expectSetupToken = (shown: string, expected: string | undefined): void => {
  if (!expected || !timingSafeEqual(digest(shown), digest(expected))) throw forbidden('setup_token_wrong')
}

const readAdministrator = async (given: SetupRequest_Administrator): Promise<Administrator> => {
  const { accountName, displayName, password } = given
  checkPassword(password, accountName, 'administrator.password')
  return { accountName, displayName, passwordHash: await hashPassword(password) }
}

type Options = { readonly books: Books; readonly setupToken: string | undefined }

export const companyRpc = ({ books, setupToken }: Options): Implementation<typeof CompanyService> => ({
  async setup(request, call) {
    expectSetupToken(request.setupToken, setupToken)
    const done = await books.store.connection.collection('companies').findOne({ first: true })
    if (done) throw conflict('setup_done')
    const administrator = await readAdministrator(given(request.administrator))
    const { companyName: name, currencyCode: currency, timeZone, effectiveFrom } = request
    const from = effectiveFrom === undefined ? undefined : parseBusinessDate(effectiveFrom)
    const company = await books.store.transact(call, async (tx) =>
      foundCompany(tx, books, { name, currency, timeZone, first: true, from }, administrator),
    )
    return companyView(company)
  },

  async createCompany(request, call) {
    wholeCompany(call)
    const administrator = given(request.administrator)
    const { name, currencyCode: currency, timeZone } = request
    const facts = { name, currency, timeZone, parentId: call.actor.companyId }
    return books.store.answer(call, CompanySchema, async (tx) => {
      const company = foundCompany(tx, books, facts, administrator)
      await takeOverRules(tx, books, company)
      return companyView(company)
    })
  },

  getCompany: async ({ companyId }, call) => companyView(await books.companies.get(ownCompany(call), companyId)),

  async listCompanies(request, call) {
    const page = await books.companies.list(ownCompany(call), queryOf(request))
    return { companies: page.items.map(companyView), ...pageFacts(page) }
  },
})

/** The contract requires it; its rules have been checked before. */
const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a field that the contract requires is not there')
  return value
}
