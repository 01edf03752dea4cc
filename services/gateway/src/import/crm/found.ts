import { type BusinessDate, businessDateOf, notFound } from '@saleswright/kernel'
import { reading, stepFor } from '../each-row.ts'
import { ImportFailed } from '../failure.ts'
import { Refused } from '../refusal.ts'
import type { Run } from '../run.ts'
import { ref, TEAMS } from './files.ts'

export const DIRECTOR = 'Sales Director'
const MANAGER = 'Sales Manager'
const AGENT = 'Sales Agent'

/** Under a rep's floor the manager decides, under a manager's floor the director (R163). */
const AUTHORITY = { price_under_rep_floor: MANAGER, price_under_manager_floor: DIRECTOR } as const

export type Home = { readonly rootUnitId: string; readonly today: BusinessDate }

/** The company that the files go into. */
export const homeOf = async (run: Run): Promise<Home> => {
  const { companies } = await run.calls.companies.listCompanies({}, await reading(run))
  const company = companies.find(({ companyId }) => companyId === run.record.companyId)
  if (!company) throw notFound('company', run.record.companyId)
  return { rootUnitId: company.rootUnitId, today: businessDateOf(run.now(), company.timeZone) }
}

export type Founded = {
  readonly rootUnitId: string
  readonly directorId: string
  readonly positions: { readonly manager: string; readonly agent: string }
}

/** What all rows stand on and no row says: positions, one person above the managers, and who decides about prices. */
export const found = async (run: Run, rootUnitId: string, from: BusinessDate): Promise<Founded> => {
  const { positions, people, authority } = run.calls
  const own = (...words: readonly string[]) => stepFor(run, [TEAMS, ...words], {})
  const position = async (title: string): Promise<string> => {
    const request = { title, externalRef: ref('position', title) }
    return (await own('position', title)('create', (options) => positions.createPosition(request, options))).positionId
  }
  try {
    const [director, manager, agent] = [await position(DIRECTOR), await position(MANAGER), await position(AGENT)]
    const assignment = { orgUnitId: rootUnitId, positionId: director, from }
    const request = { displayName: DIRECTOR, assignment, externalRef: ref('person', DIRECTOR) }
    const { personId } = await own('person', DIRECTOR)('create', (options) => people.createPerson(request, options))
    for (const [name, title] of Object.entries(AUTHORITY)) {
      const positionId = title === DIRECTOR ? director : manager
      const rule = { class: name, positionId, from, externalRef: ref('authority', name) }
      await own('authority', name)('create', (options) => authority.createAuthorityRule(rule, options))
    }
    return { rootUnitId, directorId: personId, positions: { manager, agent } }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { code, words } = error
    throw new ImportFailed({ code, words, file: TEAMS, column: '' }, { cause: error })
  }
}
