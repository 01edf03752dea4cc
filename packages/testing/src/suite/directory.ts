import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { Person_Status } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { newId, notFound } from '@saleswright/kernel'
import { type Bound, bind } from '@saleswright/rpc'

type Facts = {
  readonly companyId: string
  readonly rootUnitId: string
  /** What the company counts in; "CNY" when it is left out. */
  readonly currencyCode?: string
}

/** Where somebody sits, from the root unit down, from a day on and until the end of another. */
export type Seat = { readonly orgPath: readonly string[]; readonly from: string; readonly until?: string }

type Person = {
  readonly name: string
  readonly seats: readonly Seat[]
  /** Has gone, whatever the seats say. */
  readonly left?: boolean
}

export type StandInDirectory = {
  /** For a peer in the place of organization. */
  readonly bound: Bound
  /** Makes a unit known; the path leads from the root unit down to it. */
  readonly unit: (name: string, ...path: readonly string[]) => void
  /** Somebody new, or again with other seats; gives the id. */
  readonly person: (person: Person, id?: string) => string
  /** Gives somebody the authority for cases of these classes, whatever the amount. */
  readonly authorise: (personId: string, ...classes: readonly string[]) => void
}

const placeOf = ({ orgPath, ...span }: Seat) => ({
  ...span,
  orgPath: [...orgPath],
  orgUnitId: orgPath.at(-1) ?? '',
  positionId: newId(),
})

/** What organization answers about a company in Shanghai. It knows the units and people that it was told of, and no others. */
export const standInDirectory = ({ companyId, rootUnitId, currencyCode = 'CNY' }: Facts): StandInDirectory => {
  const units = new Map<string, { readonly name: string; readonly path: readonly string[] }>()
  const people = new Map<string, Person>()
  const authorities = new Map<string, readonly string[]>()
  const bound = bind(DirectoryService, {
    lookUpPerson: async ({ personId }) => {
      const person = people.get(personId)
      if (!person) throw notFound('person', personId)
      const status = person.left ? Person_Status.LEFT : Person_Status.ACTIVE
      return { personId, displayName: person.name, status, places: person.seats.map(placeOf) }
    },
    lookUpUnit: async ({ orgUnitId }) => {
      const unit = units.get(orgUnitId)
      if (!unit) throw notFound('org_unit', orgUnitId)
      return { orgUnitId, name: unit.name, path: [...unit.path] }
    },
    lookUpAuthority: async ({ personId, class: of }) => ({ held: authorities.get(personId)?.includes(of) ?? false }),
    lookUpCompany: async () => ({ companyId, rootUnitId, currencyCode, timeZone: 'Asia/Shanghai' }),
    listDirectory: async () => ({}),
  })
  return {
    bound,
    unit: (name, ...path) => void units.set(path.at(-1) ?? '', { name, path }),
    authorise: (personId, ...classes) => void authorities.set(personId, classes),
    person: (person, id = newId()) => {
      people.set(id, person)
      return id
    },
  }
}
