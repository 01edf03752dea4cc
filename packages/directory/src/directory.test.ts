import { create } from '@bufbuild/protobuf'
import { CompanySchema } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import {
  DirectoryPersonSchema,
  DirectoryService,
  DirectoryUnitSchema,
} from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { Person_Status } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { type Actor, newId, notFound, unavailable } from '@saleswright/kernel'
import { bind, client, dispatcher, inProcess } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { directory } from './directory.ts'
import { placeOf, todayIn } from './place.ts'

const [COMPANY, PERSON, ROOT, UNIT, POSITION] = Array.from({ length: 5 }, newId) as [
  string,
  string,
  string,
  string,
  string,
]
const SERVICE: Actor = { id: newId(), kind: 'service', companyId: '', grants: new Map() }
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const placed = (from: string, until?: string) => ({
  orgUnitId: UNIT,
  orgPath: [ROOT, UNIT],
  positionId: POSITION,
  from,
  ...(until && { until }),
})

/** An organization that knows one person, behind the real interceptors; `people` is what it knows, `asked` how often it was asked. */
const anOrganization = () => {
  const state = { now: Date.parse('2026-03-01T00:00:00Z'), asked: 0, down: false }
  const people = new Map([
    [
      PERSON,
      create(DirectoryPersonSchema, {
        personId: PERSON,
        displayName: '李雷',
        status: Person_Status.ACTIVE,
        places: [placed('2026-01-01', '2026-02-01')],
      }),
    ],
  ])
  const bound = bind(DirectoryService, {
    lookUpPerson: async ({ personId }) => {
      state.asked += 1
      if (state.down) throw unavailable('service_unavailable', 1)
      const person = people.get(personId)
      if (!person) throw notFound('person', personId)
      return person
    },
    lookUpUnit: async ({ orgUnitId }) => create(DirectoryUnitSchema, { orgUnitId, name: '华东', path: [orgUnitId] }),
    lookUpAuthority: async ({ class: of }) => ({ held: of === 'price_under_rep_floor' }),
    lookUpCompany: async ({ companyId }) =>
      create(CompanySchema, { companyId, currencyCode: 'CNY', timeZone: 'Asia/Shanghai', rootUnitId: ROOT }),
    listDirectory: async () => ({}),
  })
  const clock = { now: () => new Date(state.now) }
  const served = dispatcher([bound], { verify: async () => SERVICE, clock, log: quiet })
  const people_ = directory(
    client(
      DirectoryService,
      inProcess(() => served),
      async () => 'token',
    ),
    clock,
  )
  return { state, people, directory: people_ }
}

test('everybody who waits gets the one answer, and it is kept for ten seconds', async () => {
  const { state, directory } = anOrganization()
  const [first, second] = await Promise.all([directory.person(COMPANY, PERSON), directory.person(COMPANY, PERSON)])
  expect(first).toEqual({
    personId: PERSON,
    displayName: '李雷',
    status: 'active',
    assignments: [
      { unitId: UNIT, orgPath: [ROOT, UNIT], positionId: POSITION, from: '2026-01-01', until: '2026-02-01' },
    ],
  })
  expect(second).toEqual(first)
  state.now += 9_999
  await directory.person(COMPANY, PERSON)
  expect(state.asked).toBe(1)
  state.now += 2
  await directory.person(COMPANY, PERSON)
  expect(state.asked).toBe(2)
})

test('who was not found is asked for again at once', async () => {
  const { state, people, directory } = anOrganization()
  const late = newId()
  await expect(directory.person(COMPANY, late)).rejects.toMatchObject({ code: 'person_not_found' })
  expect(state.asked).toBe(2)
  people.set(late, create(DirectoryPersonSchema, { personId: late, status: Person_Status.LEFT }))
  expect(await directory.person(COMPANY, late)).toMatchObject({ personId: late, status: 'left' })
})

test('a place is looked for in what is known first, and asked for before it is refused', async () => {
  const { state, people, directory } = anOrganization()
  expect(await directory.place(COMPANY, PERSON, '2026-01-31')).toMatchObject({ unitId: UNIT })
  expect(state.asked).toBe(1)
  await expect(directory.place(COMPANY, PERSON, '2026-02-01')).rejects.toMatchObject({ code: 'person_has_no_place' })
  people.set(
    PERSON,
    create(DirectoryPersonSchema, {
      personId: PERSON,
      places: [placed('2026-01-01', '2026-02-01'), placed('2026-02-01')],
    }),
  )
  expect(await directory.place(COMPANY, PERSON, '2026-02-01')).toMatchObject({ from: '2026-02-01' })
})

test('an organization that does not answer is no person that is not there', async () => {
  const { state, directory } = anOrganization()
  state.down = true
  await expect(directory.person(COMPANY, PERSON)).rejects.toMatchObject({ kind: 'unavailable' })
  expect(state.asked).toBe(1)
  state.down = false
  expect(await directory.person(COMPANY, PERSON)).toMatchObject({ personId: PERSON })
})

test('units and companies are known too', async () => {
  const { directory } = anOrganization()
  expect(await directory.unit(COMPANY, UNIT)).toEqual({ unitId: UNIT, name: '华东', orgPath: [UNIT] })
  expect(await directory.company(COMPANY)).toEqual({ currency: 'CNY', timeZone: 'Asia/Shanghai', rootUnitId: ROOT })
})

test('whose something is says where it lies, and today is the day where the company is', async () => {
  const { directory } = anOrganization()
  expect(await placeOf(directory, COMPANY, PERSON, '2026-01-31')).toEqual({
    ownerId: PERSON,
    unitId: UNIT,
    orgPath: [ROOT, UNIT],
  })
  expect(await todayIn(directory, COMPANY, new Date('2026-02-28T15:59:59Z'))).toBe('2026-02-28')
  expect(await todayIn(directory, COMPANY, new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01')
})
