import type { Log } from '@saleswright/bus'
import { CompanyService } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { HeadcountService } from '@saleswright/contracts/saleswright/organization/v1/headcount_pb.ts'
import { OrgUnitService } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { RoleService } from '@saleswright/contracts/saleswright/organization/v1/role_pb.ts'
import { SessionService } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import type { HostEnvironment, ServiceDefinition } from '@saleswright/service'
import { aClock as aClockFrom, KEY, startHost, type Until } from '@saleswright/testing'
import { type Owner, PASSWORD, SETUP, setupTokenOf } from '@saleswright/testing/driver'
import { onTestFinished } from 'vitest'
import { organization } from '../src/service.ts'

/** Calls that failed by a fault of ours are seen; what the engines say while they start and stop is not. */
const error: Log['error'] = (fields, message) => void ('method' in fields && console.error(fields, message))
const quiet: Log = { error, warn: () => {}, info: () => {}, debug: () => {} }

export { PASSWORD }

const SETUP_TOKEN = 'a-token-for-once'

/** The time of a test: it moves when the test says so. */
export const aClock = (start = new Date('2026-03-02T02:00:00Z')) => aClockFrom(start)

/** Organization, and what a test gives beside it, on engines of their own; a suite says `afterAll`. */
export const start = (
  others: readonly ServiceDefinition[] = [],
  more: Partial<HostEnvironment> = {},
  until: Until = onTestFinished,
) => startHost([organization, ...others], { log: quiet, config: { SETUP_TOKEN }, ...more }, until)

type Hosted = Awaited<ReturnType<typeof start>>['hosted']

export const clientsOf = (hosted: Hosted) => ({
  companies: client(CompanyService, hosted.transportOf(CompanyService)),
  units: client(OrgUnitService, hosted.transportOf(OrgUnitService)),
  positions: client(PositionService, hosted.transportOf(PositionService)),
  headcounts: client(HeadcountService, hosted.transportOf(HeadcountService)),
  roles: client(RoleService, hosted.transportOf(RoleService)),
  people: client(PersonService, hosted.transportOf(PersonService)),
  sessions: client(SessionService, hosted.transportOf(SessionService)),
  setups: client(PasswordSetupService, hosted.transportOf(PasswordSetupService)),
})
export type Clients = ReturnType<typeof clientsOf>

const FOUNDING = { ...SETUP, setupToken: SETUP_TOKEN, effectiveFrom: '2026-01-01' }
export const setUp = (clients: Pick<Clients, 'companies'>, changes: Partial<typeof FOUNDING> = {}) =>
  clients.companies.setup({ ...FOUNDING, ...changes })

/** As the owner of an account does with the first link that was made for it. */
export const setPassword = (clients: Pick<Clients, 'setups'>, owner: Owner, password = PASSWORD, number = 1) =>
  clients.setups.setUpPassword({ token: setupTokenOf(KEY, owner, number), password })

/** The same through a link that the operator made. */
export const setPasswordOf = async (hosted: Hosted, accountName: string): Promise<void> => {
  const { transportOf, tokenOf } = hosted
  const setups = client(PasswordSetupService, transportOf(PasswordSetupService), tokenOf('organization'))
  const { companyId, personId, number } = await setups.openPasswordSetup({ accountName })
  await setPassword({ setups }, { companyId, personId }, PASSWORD, number)
}

export const signedIn = async (clients: Pick<Clients, 'sessions'>, accountName: string, password = PASSWORD) => {
  const { accessToken } = await clients.sessions.createSession({ accountName, password })
  return accessToken
}

/** A company with its administrator signed in, and short ways to make what a test needs. */
export const aCompany = async (hosted: Hosted) => {
  const clients = clientsOf(hosted)
  const company = await setUp(clients)
  const token = await signedIn(clients, 'root')
  const { companyId, rootUnitId } = company
  const create = () => ({ token, idempotencyKey: newId() })

  const unit = async (name: string, parentId = rootUnitId) =>
    (await clients.units.createOrgUnit({ name, kind: 5, parentId }, create())).orgUnitId
  const role = async (name: string, ...grants: string[]) =>
    (await clients.roles.createRole({ name, grants }, create())).roleId
  const position = async (title: string, roleIds: string[] = [], reportsToId?: string) => {
    const request = { title, roleIds, ...(reportsToId !== undefined && { reportsToId }) }
    return (await clients.positions.createPosition(request, create())).positionId
  }
  const person = async (
    displayName: string,
    place: { orgUnitId: string; positionId: string; managerId?: string; from?: string },
    accountName?: string,
  ) => {
    const assignment = { from: '2026-01-01', ...place }
    const account = accountName === undefined ? {} : { accountName }
    const { personId } = await clients.people.createPerson({ displayName, assignment, ...account }, create())
    if (accountName !== undefined) await setPassword(clients, { companyId, personId })
    return personId
  }
  return { ...clients, company, companyId, rootUnitId, token, create, unit, role, position, person }
}
export type ACompany = Awaited<ReturnType<typeof aCompany>>
