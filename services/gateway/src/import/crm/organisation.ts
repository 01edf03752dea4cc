import { OrgUnit_Kind } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { eachRow, reading, stepFor } from '../each-row.ts'
import type { Run } from '../run.ts'
import type { Step } from '../step.ts'
import { needed } from './cells.ts'
import { ref, TEAMS } from './files.ts'
import { once } from './once.ts'

/** People by the names in the files. */
export type Agent = { readonly personId: string; readonly managerId: string }
export type Organisation = {
  readonly agents: ReadonlyMap<string, Agent>
  readonly directorId: string
}

/** Under a rep's floor the manager decides, under a manager's floor the director (R163). */
const AUTHORITY = { price_under_rep_floor: 'Sales Manager', price_under_manager_floor: 'Sales Director' } as const

/** Offices, a team for each manager, and the people in them; above the managers one director. Nobody gets a sign-in. */
export const organise = async (run: Run, from: string): Promise<Organisation> => {
  const { units, positions, people, authority, companies } = run.calls
  const { companies: all } = await companies.listCompanies({}, await reading(run))
  const rootUnitId = all.find(({ companyId }) => companyId === run.record.companyId)?.rootUnitId ?? ''
  const own = (...words: readonly string[]): Step => stepFor(run, [TEAMS, ...words])

  const position = once(async (title: string) => {
    const made = await own('position', title)('create', (options) =>
      positions.createPosition({ title, externalRef: ref('position', title) }, options),
    )
    return made.positionId
  })
  const unit = async (name: string, kind: OrgUnit_Kind, parentId: string): Promise<string> => {
    const made = await own('unit', name)('create', (options) =>
      units.createOrgUnit({ name, kind, parentId, externalRef: ref('unit', name) }, options),
    )
    return made.orgUnitId
  }
  const person = async (displayName: string, title: string, orgUnitId: string, managerId?: string) => {
    const positionId = await position(title)
    const assignment = { orgUnitId, positionId, from, ...(managerId && { managerId }) }
    const request = { displayName, assignment, externalRef: ref('person', displayName) }
    return own('person', displayName)('create', (options) => people.createPerson(request, options))
  }
  const { personId: directorId } = await person('Sales Director', 'Sales Director', rootUnitId)
  for (const [name, title] of Object.entries(AUTHORITY)) {
    const rule = { class: name, positionId: await position(title), from, externalRef: ref('authority', name) }
    await own('authority', name)('create', (options) => authority.createAuthorityRule(rule, options))
  }

  const office = once((name: string) => unit(name, OrgUnit_Kind.OFFICE, rootUnitId))
  const team = once(async (manager: string, officeName: string) => {
    const unitId = await unit(`${manager} (team)`, OrgUnit_Kind.TEAM, await office(officeName))
    const { personId } = await person(manager, 'Sales Manager', unitId, directorId)
    return { unitId, managerId: personId }
  })
  const agents = new Map<string, Agent>()
  await eachRow(run, { file: TEAMS, key: ({ cells }) => cells.sales_agent ?? '', parallel: 4 }, async (row) => {
    const name = needed(row, 'sales_agent')
    const { unitId, managerId } = await team(needed(row, 'manager'), needed(row, 'regional_office'))
    const { personId } = await person(name, 'Sales Agent', unitId, managerId)
    agents.set(name, { personId, managerId })
    return { ids: [personId] }
  })
  return { agents, directorId }
}
