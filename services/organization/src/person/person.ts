import { create } from '@bufbuild/protobuf'
import { PersonChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, type DateSpan, type Decision, type ExternalRef, mover } from '@saleswright/kernel'

export type Status = 'active' | 'left'
export const TRANSITIONS = { active: ['left'], left: [] } as const satisfies Record<Status, readonly Status[]>
const move = mover<Status>('person', TRANSITIONS)

/** Which position somebody holds in which unit, from day to day. */
export type Assignment = DateSpan & {
  readonly orgUnitId: string
  readonly positionId: string
  /** The superior; absent where there is none. */
  readonly managerId?: string | undefined
}

/** Where a person's row lies: the unit of the day, and the way down to it. */
export type Place = { readonly unitId: string; readonly orgPath: readonly string[] }

export type Person = Aggregate & {
  readonly displayName: string
  readonly status: Status
  /** In the order of their first days, without overlaps. */
  readonly assignments: readonly Assignment[]
  /** Beside the roles of the positions. */
  readonly roleIds: readonly string[]
  readonly accountName?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

/** Whatever else lies at the place, a unit for example, stays out of the person. */
const rowsAt = ({ unitId, orgPath }: Place): Place => ({ unitId, orgPath })

const told = (next: Person): Decision<Person> => ({
  next,
  events: [
    create(PersonChangedSchema, {
      personId: next.id,
      displayName: next.displayName,
      left: next.status === 'left',
      places: next.assignments.map((span) => ({
        orgUnitId: span.orgUnitId,
        positionId: span.positionId,
        from: span.from,
        ...(span.managerId !== undefined && { managerId: span.managerId }),
        ...(span.until !== undefined && { until: span.until }),
      })),
      roleIds: [...next.roleIds],
    }),
  ],
})

const unchanged = (person: Person): Decision<Person> => ({ next: person, events: [] })

type PersonFacts = Pick<Person, 'companyId' | 'displayName' | 'roleIds' | 'accountName' | 'externalRef'>

export const hire = (id: string, facts: PersonFacts, assignment: Assignment, place: Place): Decision<Person> =>
  told({ id, version: 0, status: 'active', assignments: [assignment], ownerId: id, ...facts, ...rowsAt(place) })

const sameSpans = (left: readonly Assignment[], right: readonly Assignment[]): boolean => {
  const words = (spans: readonly Assignment[]) =>
    spans.map(({ orgUnitId, positionId, managerId, from, until }) => [orgUnitId, positionId, managerId, from, until])
  return JSON.stringify(words(left)) === JSON.stringify(words(right))
}

/** Takes the assignments as they shall be. `person_is_left` for somebody who has gone. */
export const assign = (person: Person, assignments: readonly Assignment[], place: Place): Decision<Person> => {
  const next = { ...expectThere(person), ...rowsAt(place), assignments }
  return sameSpans(assignments, person.assignments) && samePlace(person, place) ? unchanged(person) : told(next)
}

const samePlace = ({ unitId, orgPath = [] }: Person, place: Place): boolean =>
  unitId === place.unitId && orgPath.join() === place.orgPath.join()

/** The unit was moved, or the day has come: the row lies elsewhere, and nothing else has changed. */
export const settle = (person: Person, place: Place): Decision<Person> =>
  samePlace(person, place) ? unchanged(person) : told({ ...person, ...rowsAt(place) })

export const leave = (person: Person, assignments: readonly Assignment[]): Decision<Person> =>
  told({ ...move(person, 'left'), assignments })

/** `person_is_left` for somebody who has gone. */
export const expectThere = (person: Person): Person => {
  if (person.status === 'left') move(person, 'left')
  return person
}

export const setRoles = (person: Person, roleIds: readonly string[]): Decision<Person> => {
  const next = { ...expectThere(person), roleIds: [...new Set(roleIds)].toSorted() }
  return next.roleIds.join() === person.roleIds.toSorted().join() ? unchanged(person) : told(next)
}

export const nameAccount = (person: Person, accountName: string): Decision<Person> =>
  expectThere(person).accountName === accountName ? unchanged(person) : told({ ...person, accountName })
