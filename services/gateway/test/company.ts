import { PASSWORD, SETUP } from '@saleswright/testing/driver'
import type { Http, Json } from './http.ts'
import { linkFor, SETUP_TOKEN } from './platform.ts'

export { PASSWORD }

/** The first company, made over HTTP as an installation makes it, with its administrator signed in. */
export const aCompany = async (http: Http) => {
  const company = await http.post('/v1/setup', undefined, {
    ...SETUP,
    setupToken: SETUP_TOKEN,
    effectiveFrom: '2026-01-01',
  })
  const root = await signIn(http, 'root')
  return { company, root, ...peopleOf(http, root, company) }
}

/** The same with another token of the administrator: a session ends. */
export const withToken = (http: Http, { company }: Pick<Company, 'company'>, root: string): Company => ({
  company,
  root,
  ...peopleOf(http, root, company),
})

/** A further company of the installation, made by the first one's administrator, with an administrator of its own signed in. */
export const anotherCompany = async (
  http: Http,
  { root: first }: Pick<Company, 'root'>,
  accountName = 'elsewhere',
): Promise<Company> => {
  const administrator = { accountName, displayName: '管理员' }
  const facts = { name: '乙', currencyCode: 'CNY', timeZone: 'Asia/Shanghai', administrator }
  const company = await http.post('/v1/companies', first, facts)
  await setPassword(http, accountName)
  const root = await signIn(http, accountName)
  return { company, root, ...peopleOf(http, root, company) }
}

/** As the owner of an account, through a link for it. */
const setPassword = async (http: Http, accountName: string, password = PASSWORD): Promise<void> => {
  await http.post(`/v1/password-setups/${await linkFor(http.address, accountName)}`, undefined, { password })
}

export const signIn = async (http: Http, accountName: string): Promise<string> =>
  (await http.post('/v1/sessions', undefined, { accountName, password: PASSWORD })).accessToken

let people = 0

const peopleOf = (http: Http, root: string, { rootUnitId }: Json) => ({
  /** Somebody with exactly these grants, signed in. */
  someone: async (grants: readonly string[], orgUnitId: string = rootUnitId) => {
    people += 1
    const accountName = `person-${people}`
    const { roleId } = await http.post('/v1/roles', root, { name: accountName, grants })
    const { positionId } = await http.post('/v1/positions', root, { title: accountName, roleIds: [roleId] })
    const assignment = { orgUnitId, positionId, from: '2026-01-01' }
    const { personId } = await http.post('/v1/people', root, { displayName: accountName, assignment, accountName })
    await setPassword(http, accountName)
    return { personId, roleId, positionId, accountName, token: await signIn(http, accountName) }
  },
})

export type Company = Awaited<ReturnType<typeof aCompany>>
