import { OrgUnit_Kind } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { AppError } from '@saleswright/kernel'
import { patiently } from '@saleswright/rpc'
import { passwordSetupTokens, sealingKey } from '@saleswright/service'
import { CURRENCY, eachOf, type Scene } from './scene.ts'
import { ADMINISTRATOR, ALL_TEAMS, GRANTS, type Position, REGION_NAMES, REPS_OF_A_TEAM, STAFF } from './staff.ts'

export type Organisation = {
  readonly rootUnitId: string
  /** By the name of the team. */
  readonly teams: ReadonlyMap<string, string>
  /** Person ids by account. */
  readonly people: ReadonlyMap<string, string>
}

type Access = { readonly setupToken: string; readonly passwordOf: (account: string) => string }
type Staffing = { readonly key: Uint8Array; readonly passwordOf: Access['passwordOf'] }

const COMPANY = '演示销售有限公司'
const ZONE = 'Asia/Shanghai'

/** The company and its administrator; that it is there already is what a second attempt finds. */
export const foundCompany = async (scene: Scene, { setupToken, passwordOf }: Access): Promise<void> => {
  const { account: accountName, displayName } = ADMINISTRATOR
  const request = {
    setupToken,
    companyName: COMPANY,
    currencyCode: CURRENCY,
    timeZone: ZONE,
    administrator: { accountName, displayName, password: passwordOf(accountName) },
    effectiveFrom: scene.plan.since,
  }
  await scene.clients.companies.setup(request, { signal: scene.signal }).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'setup_done')) throw error
  })
}

/** Regions, offices and teams, the roles and positions, the people in them, and who decides about what. */
export const organise = async (scene: Scene, staffing: Staffing): Promise<Organisation> => {
  const { companies } = scene.clients
  const admin = scene.hands(ADMINISTRATOR.account)
  const { companies: found } = await companies.listCompanies({}, await admin.reading())
  const { rootUnitId = '', companyId = '' } = found[0] ?? {}
  const positions = await makePositions(scene)
  const teams = await makeUnits(scene, rootUnitId)
  await planHeadcount(scene, { rootUnitId, teams, positions })
  const people = await hire(scene, { rootUnitId, teams, positions, companyId, ...staffing })
  await authorise(scene, positions)
  return { rootUnitId, teams, people }
}

const makePositions = async ({ clients, hands }: Scene): Promise<ReadonlyMap<Position, string>> => {
  const { step } = hands(ADMINISTRATOR.account)
  const made = new Map<Position, string>()
  for (const [title, grants] of Object.entries(GRANTS)) {
    const { roleId } = await step(['role', title], (options) =>
      clients.roles.createRole({ name: title, grants: [...grants] }, options),
    )
    const { positionId } = await step(['position', title], (options) =>
      clients.positions.createPosition({ title, roleIds: [roleId] }, options),
    )
    made.set(title as Position, positionId)
  }
  return made
}

const makeUnits = async ({ clients, hands }: Scene, rootUnitId: string): Promise<ReadonlyMap<string, string>> => {
  const { step } = hands(ADMINISTRATOR.account)
  const unit = async (name: string, kind: OrgUnit_Kind, parentId: string): Promise<string> => {
    const made = await step(['unit', name], (options) => clients.units.createOrgUnit({ name, kind, parentId }, options))
    return made.orgUnitId
  }
  const teams = new Map<string, string>()
  for (const region of REGION_NAMES) {
    const regionId = await unit(`${region}大区`, OrgUnit_Kind.REGION, rootUnitId)
    const officeId = await unit(`${region}办事处`, OrgUnit_Kind.OFFICE, regionId)
    for (const { name } of ALL_TEAMS.filter((team) => team.region === region)) {
      teams.set(name, await unit(name, OrgUnit_Kind.TEAM, officeId))
    }
  }
  return teams
}

type Establishment = {
  readonly rootUnitId: string
  readonly teams: ReadonlyMap<string, string>
  readonly positions: ReadonlyMap<Position, string>
}

/** One director, one manager of each team, and in each team one rep more than there is: who is missing shows. */
const planHeadcount = async (
  { clients, hands }: Scene,
  { rootUnitId, teams, positions }: Establishment,
): Promise<void> => {
  const { step } = hands(ADMINISTRATOR.account)
  const plan = (orgUnitId: string, position: Position, planned: number) =>
    step(['headcount', orgUnitId, position], (options) =>
      clients.headcounts.createHeadcountPlan(
        { orgUnitId, positionId: positions.get(position) ?? '', planned },
        options,
      ),
    )
  await plan(rootUnitId, '销售总监', 1)
  for (const team of teams.values()) {
    await plan(team, '销售经理', 1)
    await plan(team, '销售代表', REPS_OF_A_TEAM + 1)
  }
}

type Hiring = Omit<Organisation, 'people'> &
  Staffing & {
    readonly positions: ReadonlyMap<Position, string>
    readonly companyId: string
  }

/**
 * As the owner of the account would, through its first link: whoever has the data folder can write it. Gone through again, the link was
 * used before, and the password is the one that was set.
 */
const setPassword = async ({ clients, signal }: Scene, token: string, account: Account): Promise<void> => {
  const { accountName, password } = account
  await patiently(signal, () => clients.passwords.setUpPassword({ token, password }, { signal })).catch(
    async (error: unknown) => {
      if (!(error instanceof AppError && error.code === 'password_setup_invalid')) throw error
      await clients.sessions.createSession({ accountName, password }, { signal })
    },
  )
}

type Account = { readonly accountName: string; readonly password: string }

/** Superiors before those who name them; passwords take two of the threads of a process, so two at a time. */
const hire = async (
  scene: Scene,
  { rootUnitId, teams, positions, companyId, key, passwordOf }: Hiring,
): Promise<ReadonlyMap<string, string>> => {
  const { clients, hands, plan, done } = scene
  const links = passwordSetupTokens(sealingKey(key, 'organization'))
  const { step } = hands(ADMINISTRATOR.account)
  const people = new Map<string, string>()
  const ranks = Map.groupBy(STAFF, ({ position }) => ['销售总监', '销售经理'].indexOf(position))
  for (const rank of [0, 1, -1]) {
    await eachOf(ranks.get(rank) ?? [], 2, async ({ account, displayName, position, team, manager }) => {
      const managerId = manager && people.get(manager)
      const assignment = {
        orgUnitId: (team && teams.get(team)) ?? rootUnitId,
        positionId: positions.get(position) ?? '',
        from: plan.since,
        ...(managerId && { managerId }),
      }
      const request = { displayName, assignment, accountName: account }
      const { personId } = await step(['person', account], (options) => clients.people.createPerson(request, options))
      const token = links.issue({ companyId, personId, number: 1 })
      await setPassword(scene, token, { accountName: account, password: passwordOf(account) })
      people.set(account, personId)
      done()
    })
  }
  return people
}

/** Above the list and under a rep's floor the manager decides, under a manager's floor and about credit the director (R163, R240). */
const AUTHORITY = {
  price_above_list: '销售经理',
  price_under_rep_floor: '销售经理',
  price_under_manager_floor: '销售总监',
  credit_limit: '销售总监',
} as const

const authorise = async ({ clients, hands, plan }: Scene, positions: ReadonlyMap<Position, string>): Promise<void> => {
  const { step } = hands(ADMINISTRATOR.account)
  for (const [name, position] of Object.entries(AUTHORITY)) {
    const rule = { class: name, positionId: positions.get(position) ?? '', from: plan.since }
    await step(['authority', name], (options) => clients.authority.createAuthorityRule(rule, options))
  }
}
