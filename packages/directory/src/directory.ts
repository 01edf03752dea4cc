import { moneyMessage } from '@saleswright/contracts'
import type { Company } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import type {
  DirectoryPerson,
  DirectoryPerson_Place,
  DirectoryService,
  DirectoryUnit,
} from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { Person_Status } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import {
  AppError,
  type BusinessDate,
  type Clock,
  conflict,
  covers,
  type DateSpan,
  type Money,
  steady,
  systemClock,
} from '@saleswright/kernel'
import type { Client } from '@saleswright/rpc'
import { LRUCache } from 'lru-cache'

/** Where somebody is for a span of days. */
export type Place = DateSpan & {
  readonly unitId: string
  /** From the root unit down to `unitId`. */
  readonly orgPath: readonly string[]
  readonly positionId: string
  /** The superior; absent where there is none. */
  readonly managerId?: string
}

export type Person = {
  readonly personId: string
  readonly displayName: string
  readonly status: 'active' | 'left'
  readonly assignments: readonly Place[]
}

export type Unit = {
  readonly unitId: string
  readonly name: string
  /** Absent for the root. */
  readonly parentId?: string
  /** From the root unit down to this one. */
  readonly orgPath: readonly string[]
}

export type CompanyFacts = {
  /** What its reports and targets count in, "CNY". */
  readonly currency: string
  /** Business dates are days of this zone, "Asia/Shanghai". */
  readonly timeZone: string
  readonly rootUnitId: string
}

/** People, units and companies as organization has them, at most ten seconds old. What it does not know is `…_not_found`. */
export type Directory = {
  readonly person: (companyId: string, personId: string) => Promise<Person>
  /** The same, asked anew. */
  readonly freshPerson: (companyId: string, personId: string) => Promise<Person>
  readonly unit: (companyId: string, unitId: string) => Promise<Unit>
  readonly company: (companyId: string) => Promise<CompanyFacts>
  /** Where a person is on a day, undefined where nowhere. */
  readonly placeOn: (person: Person, date: BusinessDate) => Place | undefined
  /** The same by id; organization is asked again before `person_has_no_place` is said. */
  readonly place: (companyId: string, personId: string, date: BusinessDate) => Promise<Place>
  /** Whether a person needs nobody else for a case of this class and amount; asked each time. */
  readonly holdsAuthority: (companyId: string, personId: string, of: Authority) => Promise<boolean>
}

type Authority = { readonly class: string; readonly amount: Money; readonly date: BusinessDate }

const MAX_AGE_MS = 10_000
const REMEMBERED = 10_000

export const directory = (organization: Client<typeof DirectoryService>, clock: Clock = systemClock): Directory => {
  const people = remembered(clock, async (companyId, personId) =>
    personFrom(await organization.lookUpPerson({ companyId, personId })),
  )
  const units = remembered(clock, async (companyId, orgUnitId) =>
    unitFrom(await organization.lookUpUnit({ companyId, orgUnitId })),
  )
  const companies = remembered(clock, async (companyId) => companyFrom(await organization.lookUpCompany({ companyId })))
  return {
    person: people.get,
    freshPerson: people.fresh,
    unit: units.get,
    company: (companyId) => companies.get(companyId, ''),
    placeOn,
    holdsAuthority: async (companyId, personId, { amount, ...of }) =>
      (await organization.lookUpAuthority({ companyId, personId, ...of, amount: moneyMessage(amount) })).held,
    place: async (companyId, personId, date) => {
      const place =
        placeOn(await people.get(companyId, personId), date) ?? placeOn(await people.fresh(companyId, personId), date)
      if (!place) throw conflict('person_has_no_place', { personId, date })
      return place
    },
  }
}

const placeOn = ({ assignments }: Person, date: BusinessDate): Place | undefined =>
  assignments.find((span) => covers(span, date))

type Ask<T> = (companyId: string, id: string) => Promise<T>

/** Answers by company and id, asked for once by all who wait. A refusal is not remembered, and "not found" is asked again at once. */
const remembered = <T extends object>(clock: Clock, ask: Ask<T>) => {
  const answers = new LRUCache<string, T, { readonly companyId: string; readonly id: string }>({
    max: REMEMBERED,
    ttl: MAX_AGE_MS,
    // The age is looked at on every read, by the clock that was given.
    ttlResolution: 0,
    perf: { now: steady(clock) },
    fetchMethod: (_key, _stale, { context: { companyId, id } }) => ask(companyId, id),
  })
  const fetch = (companyId: string, id: string, forceRefresh: boolean): Promise<T> =>
    answers.forceFetch(`${companyId}|${id}`, { context: { companyId, id }, forceRefresh })
  const fresh: Ask<T> = (companyId, id) => fetch(companyId, id, true)
  return {
    fresh,
    get: (companyId: string, id: string) =>
      fetch(companyId, id, false).catch((error: unknown) => {
        // It may have been made after the question in flight that this one joined.
        if (error instanceof AppError && error.kind === 'not_found') return fresh(companyId, id)
        throw error
      }),
  }
}

const personFrom = ({ personId, displayName, status, places }: DirectoryPerson): Person => ({
  personId,
  displayName,
  status: status === Person_Status.LEFT ? 'left' : 'active',
  assignments: places.map(placeFrom),
})

const placeFrom = ({ orgUnitId, orgPath, positionId, managerId, from, until }: DirectoryPerson_Place): Place => ({
  unitId: orgUnitId,
  orgPath,
  positionId,
  from,
  ...(managerId !== undefined && { managerId }),
  ...(until !== undefined && { until }),
})

const unitFrom = ({ orgUnitId, name, parentId, path }: DirectoryUnit): Unit => ({
  unitId: orgUnitId,
  name,
  orgPath: path,
  ...(parentId && { parentId }),
})

const companyFrom = ({ currencyCode, timeZone, rootUnitId }: Company): CompanyFacts => ({
  currency: currencyCode,
  timeZone,
  rootUnitId,
})
