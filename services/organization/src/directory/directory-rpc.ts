import { readMoney } from '@saleswright/contracts'
import type { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { companyScope, type Scope } from '@saleswright/kernel'
import type { Implementation } from '@saleswright/rpc'
import type { Repository } from '@saleswright/store'
import { holdsAuthority } from '../authority/holds-authority.ts'
import { companyView } from '../company/company-rpc.ts'
import type { OrgUnit } from '../org-unit/org-unit.ts'
import type { Person } from '../person/person.ts'
import { STATUSES } from '../person/person-view.ts'
import type { Books } from '../repositories.ts'

const unitView = ({ id, name, parentId = '', orgPath }: OrgUnit) => ({
  orgUnitId: id,
  name,
  parentId,
  path: [...orgPath],
})

const personView = (
  { id, displayName, status, assignments }: Person,
  paths: ReadonlyMap<string, readonly string[]>,
) => ({
  personId: id,
  displayName,
  status: STATUSES[status],
  places: assignments.map(({ orgUnitId, positionId, managerId, from, until }) => ({
    orgUnitId,
    orgPath: [...(paths.get(orgUnitId) ?? [orgUnitId])],
    positionId,
    from,
    ...(managerId !== undefined && { managerId }),
    ...(until !== undefined && { until }),
  })),
})

/** What other services ask; they ask for the platform, and so for every row of the company that they name. */
export const directoryRpc = (books: Books): Implementation<typeof DirectoryService> => {
  const { companies, orgUnits, people } = books

  const pathsFor = async (scope: Scope, found: readonly Person[]) => {
    const ids = [...new Set(found.flatMap(({ assignments }) => assignments.map(({ orgUnitId }) => orgUnitId)))]
    const units = ids.length > 0 ? await orgUnits.findBy(scope, { _id: { $in: ids } }) : []
    return new Map(units.map(({ id, orgPath }) => [id, orgPath]))
  }

  return {
    async lookUpPerson({ companyId, personId }) {
      const scope = companyScope(companyId)
      const person = await people.get(scope, personId)
      return personView(person, await pathsFor(scope, [person]))
    },

    lookUpUnit: async ({ companyId, orgUnitId }) => unitView(await orgUnits.get(companyScope(companyId), orgUnitId)),

    lookUpAuthority: async ({ amount, ...asked }) => ({
      held: await holdsAuthority(books, { ...asked, ...(amount && { amount: readMoney(amount) }) }),
    }),

    lookUpCompany: async ({ companyId }) => companyView(await companies.get(companyScope(companyId), companyId)),

    async listDirectory({ companyId, pageToken }) {
      const scope = companyScope(companyId)
      const [peopleToken = '', unitsToken = ''] = pageToken.split('~')
      const [somePeople, someUnits] = await Promise.all([
        pageOf(people, scope, peopleToken),
        pageOf(orgUnits, scope, unitsToken),
      ])
      const paths = await pathsFor(scope, somePeople.items)
      const more = somePeople.nextPageToken !== END || someUnits.nextPageToken !== END
      return {
        people: somePeople.items.map((person) => personView(person, paths)),
        units: someUnits.items.map(unitView),
        nextPageToken: more ? `${somePeople.nextPageToken}~${someUnits.nextPageToken}` : '',
      }
    },
  }
}

/** Stands for the place behind the last page of one of the two lists, while the other goes on. */
const END = '-'
const PAGE = 200

const pageOf = async <T extends OrgUnit | Person>(repository: Repository<T>, scope: Scope, pageToken: string) => {
  if (pageToken === END) return { items: [], nextPageToken: END }
  const page = await repository.list(scope, { pageSize: PAGE, pageToken })
  return { items: page.items, nextPageToken: page.nextPageToken || END }
}
