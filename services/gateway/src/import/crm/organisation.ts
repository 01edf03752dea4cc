import { OrgUnit_Kind } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import type { BusinessDate } from '@saleswright/kernel'
import { eachRow, type Kind, stepFor } from '../each-row.ts'
import type { Columns } from '../refusal.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import type { Step } from '../step.ts'
import { needed } from './cells.ts'
import { ref, TEAMS } from './files.ts'
import { DIRECTOR, type Founded } from './found.ts'
import { once } from './once.ts'

/** People by the names in the files. */
export type Agent = { readonly personId: string; readonly managerId: string }

type Member = { readonly name: string; readonly manager: string; readonly office: string }

/** Who has a name does one thing, and a manager sits in one office: of two rows that say otherwise nobody knows which is meant. */
const teamRows = (): Kind<Member> => {
  const ranks = new Map([[DIRECTOR, DIRECTOR]])
  const offices = new Map<string, string>()
  const rank = (column: string, name: string): void => {
    if ((ranks.get(name) ?? column) !== column) reject(column, name, 'import_two_ranks')
    ranks.set(name, column)
  }
  return {
    file: TEAMS,
    key: 'sales_agent',
    parallel: 4,
    columns: named('sales_agent'),
    decide: (row) => {
      const [name, manager] = [needed(row, 'sales_agent'), needed(row, 'manager')]
      const office = needed(row, 'regional_office')
      const known = offices.get(manager) ?? office
      if (known !== office) reject('regional_office', office, 'import_two_offices', { manager, office: known })
      rank('sales_agent', name)
      rank('manager', manager)
      offices.set(manager, office)
      return { name, manager, office }
    },
  }
}

const named = (column: string): Columns => ({ '': column, displayName: column, name: column, externalRef: column })

/** Offices, a team for each manager, and the people in them. Nobody gets a sign-in. */
export const organise = async (
  run: Run,
  { rootUnitId, directorId, positions, from }: Founded & { readonly from: BusinessDate },
): Promise<ReadonlyMap<string, Agent>> => {
  const { units, people } = run.calls
  const own = (column: string, ...words: readonly string[]): Step => stepFor(run, [TEAMS, ...words], named(column))
  const unit = async (kind: OrgUnit_Kind, column: string, { name, key, parentId }: Unit): Promise<string> => {
    const request = { name, kind, parentId, externalRef: ref(column, key) }
    const step = own(column, 'unit', column, key)
    return (await step('create', (options) => units.createOrgUnit(request, options))).orgUnitId
  }
  const person = async (column: string, displayName: string, { orgUnitId, positionId, managerId }: Seat) => {
    const assignment = { orgUnitId, positionId, from, managerId }
    const request = { displayName, assignment, externalRef: ref('person', displayName) }
    const step = own(column, 'person', displayName)
    return (await step('create', (options) => people.createPerson(request, options))).personId
  }
  const office = once((name: string) =>
    unit(OrgUnit_Kind.OFFICE, 'regional_office', { name, key: name, parentId: rootUnitId }),
  )
  const team = once(async (manager: string, officeName: string) => {
    const place = { name: `${manager} (team)`, key: manager, parentId: await office(officeName) }
    const orgUnitId = await unit(OrgUnit_Kind.TEAM, 'manager', place)
    const seat = { orgUnitId, positionId: positions.manager, managerId: directorId }
    return { orgUnitId, managerId: await person('manager', manager, seat) }
  })
  const agents = new Map<string, Agent>()
  await eachRow(run, teamRows(), async (row) => {
    const { orgUnitId, managerId } = await team(row.manager, row.office)
    const seat = { orgUnitId, positionId: positions.agent, managerId }
    const personId = await person('sales_agent', row.name, seat)
    agents.set(row.name, { personId, managerId })
    return { ids: [personId] }
  })
  return agents
}

type Unit = { readonly name: string; readonly key: string; readonly parentId: string }
type Seat = { readonly orgUnitId: string; readonly positionId: string; readonly managerId: string }
