import { Approval_Status, ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { PartnerApplicationService } from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCompany, PASSWORD, signedIn, start } from './platform.ts'

const NEEDS_APPROVAL = { kind: 'conflict', code: 'grant_needs_approval' }

/** HR of the whole company and of one region, people who sell, and one who may do the work of finance. */
const aFirm = async () => {
  const { hosted } = await start([], {}, afterAll)
  const company = await aCompany(hosted)
  const { unit, role, position, person, rootUnitId } = company
  const east = await unit('华东')
  const west = await unit('华西')
  const care = ['organization.people.write', 'organization.accounts.write', 'organization.approvals.read']
  const at = (reach: string, ...permissions: string[]) => permissions.map((permission) => `${permission}@${reach}`)
  const hr = await role('人事', ...at('company', ...care, 'organization.read', 'organization.approvals.decide'))
  const regional = await role('区域人事', ...at('subtree', ...care, 'organization.read', 'orders.read'))
  const money = await role('财务', ...at('company', 'payments.confirm', 'orders.read', 'organization.approvals.decide'))
  const selling = await role('销售', ...at('self', 'orders.read'))
  const positions = {
    hr: await position('人事', [hr]),
    regional: await position('区域人事', [regional]),
    finance: await position('财务', [money]),
    seller: await position('销售员', [selling]),
    plain: await position('见习'),
  }
  const people = {
    hr: await person('人事', { orgUnitId: rootUnitId, positionId: positions.hr }, 'hr'),
    hr2: await person('人事二', { orgUnitId: rootUnitId, positionId: positions.hr }, 'hr-2'),
    regional: await person('区域人事', { orgUnitId: east, positionId: positions.regional }, 'regional'),
    finance: await person('财务', { orgUnitId: rootUnitId, positionId: positions.finance }, 'finance'),
    plain: await person('见习', { orgUnitId: east, positionId: positions.plain }, 'plain'),
  }
  const as = async (name: string) => ({ token: await signedIn(company, name), idempotencyKey: newId() })
  const approvals = client(ApprovalService, hosted.transportOf(ApprovalService))
  const authority = client(AuthorityService, hosted.transportOf(AuthorityService))
  const applications = client(PartnerApplicationService, hosted.transportOf(PartnerApplicationService))
  return { ...company, hosted, east, west, positions, staff: people, as, approvals, authority, applications, money }
}

let firm: Awaited<ReturnType<typeof aFirm>>
beforeAll(async () => {
  firm = await aFirm()
})

/** The case that a refused act has opened. */
const caseOf = async (refused: Promise<unknown>): Promise<string> => {
  const error = await refused.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject(NEEDS_APPROVAL)
  return (error as { readonly params: { readonly approvalId: string } }).params.approvalId
}

const from = '2026-03-02'

describe('what exceeds the own grants', () => {
  test('a transfer waits for a second person who has them; neither the maker nor the receiver nor another HR decides it', async () => {
    const { people, positions, staff, east, as, approvals } = firm
    const transfer = {
      personId: staff.plain,
      assignment: { orgUnitId: east, positionId: positions.finance, from },
    }
    const hr = await as('hr')
    const approvalId = await caseOf(people.transferPerson(transfer, hr))
    expect(await caseOf(people.transferPerson(transfer, { ...hr, idempotencyKey: newId() }))).toBe(approvalId)
    const shown = await approvals.getApproval({ approvalId }, hr)
    expect(shown).toMatchObject({
      class: 'grant',
      subject: `people/${staff.plain}`,
      requesterId: staff.hr,
      interestedIds: [staff.plain],
      status: Approval_Status.PENDING,
    })
    expect(JSON.parse(shown.snapshot)).toMatchObject({
      act: 'transferPerson',
      request: { personId: staff.plain, assignment: { positionId: positions.finance } },
      grants: expect.arrayContaining([expect.objectContaining({ grant: 'payments.confirm@company' })]),
    })
    expect(shown.approverIds).toContain(staff.finance)
    expect(shown.approverIds).not.toContain(staff.hr2)
    await expect(approvals.approve({ approvalId }, hr)).rejects.toMatchObject({ code: 'approver_is_maker' })
    await expect(approvals.approve({ approvalId }, await as('hr-2'))).rejects.toMatchObject({
      code: 'approval_not_yours',
    })
    expect((await people.getPerson({ personId: staff.plain }, hr)).assignments).toHaveLength(1)

    const approved = await approvals.approve({ approvalId }, await as('finance'))
    expect(approved.status).toBe(Approval_Status.APPROVED)
    expect((await people.getPerson({ personId: staff.plain }, hr)).assignments.at(-1)).toMatchObject({
      positionId: positions.finance,
      from,
    })
  })

  test('a hire waits, and the person comes without an account that the maker could use', async () => {
    const { people, positions, east, as, approvals, token } = firm
    const request = {
      displayName: '新财务',
      assignment: { orgUnitId: east, positionId: positions.finance, from },
      accountName: 'puppet',
      password: PASSWORD,
    }
    const hr = await as('hr')
    const approvalId = await caseOf(people.createPerson(request, hr))
    const { snapshot } = await approvals.getApproval({ approvalId }, hr)
    expect(snapshot).not.toMatch(/puppet|password/)
    await approvals.approve({ approvalId }, { token })
    const [made] = (await people.listPeople({ q: '新财务' }, { token })).people
    expect(made).toMatchObject({ displayName: '新财务', accountName: '' })
    const account = { personId: made?.personId ?? '', accountName: 'puppet', password: PASSWORD }
    await expect(people.setAccount(account, { ...hr, idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'grant_exceeds_own',
    })
  })

  test('rejected, it is not done', async () => {
    const { people, positions, west, as, approvals, person, token } = firm
    const personId = await person('候选', { orgUnitId: west, positionId: positions.plain })
    const assignment = { orgUnitId: west, positionId: positions.seller, from }
    const approvalId = await caseOf(people.transferPerson({ personId, assignment }, await as('hr')))
    await approvals.reject({ approvalId, comment: '不同意' }, { token })
    expect((await people.getPerson({ personId }, { token })).assignments).toHaveLength(1)
  })

  test('a grant counts from the place: over another unit it is wider', async () => {
    const { people, positions, east, west, staff, as, person, units, create, unit } = firm
    const inEast = { orgUnitId: east, positionId: positions.seller, from }
    const regional = await as('regional')
    await expect(people.createPerson({ displayName: '甲', assignment: inEast }, regional)).resolves.toBeDefined()
    const below = await unit('华东一组', east)
    const moved = await person('乙', { orgUnitId: below, positionId: positions.regional })
    expect(moved).toBeDefined()
    // Who may move units, but reads no orders outside of the own ones, brings no unit's orders to those who read downwards.
    const mover = await firm.role('架构', 'organization.units.write@company')
    const positionId = await firm.position('架构师', [mover])
    await person('架构师', { orgUnitId: east, positionId }, 'mover')
    const move = { orgUnitId: west, parentId: east }
    expect(await caseOf(units.updateOrgUnit(move, await as('mover')))).toBeDefined()
    await expect(units.updateOrgUnit(move, create())).resolves.toMatchObject({ parentId: east })
    expect(staff.regional).toBeDefined()
  })
})

describe('nobody', () => {
  test('transfers themselves, not even the administrator', async () => {
    const { people, positions, rootUnitId, staff, as, sessions, token, create } = firm
    const assignment = { orgUnitId: rootUnitId, positionId: positions.finance, from }
    const refusal = { kind: 'forbidden', code: 'transfer_of_self' }
    await expect(people.transferPerson({ personId: staff.hr, assignment }, await as('hr'))).rejects.toMatchObject(
      refusal,
    )
    const { personId } = await sessions.getMe({}, { token })
    await expect(people.transferPerson({ personId, assignment }, create())).rejects.toMatchObject(refusal)
  })

  test('gives rights to themselves by their roles, or by a role that they have', async () => {
    const { people, roles, role, position, person, rootUnitId, as, money } = firm
    const keeping = await role('权限管理', 'organization.roles.write@company', 'organization.read@company')
    const positionId = await position('权限管理员', [keeping])
    const keeper = await person('权限管理员', { orgUnitId: rootUnitId, positionId }, 'keeper')
    const own = await as('keeper')
    await expect(people.setPersonRoles({ personId: keeper, roleIds: [money] }, own)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'grant_to_self',
    })
    const wider = { grants: ['organization.roles.write@company', 'payments.confirm@company'] }
    await expect(roles.updateRole({ roleId: keeping, ...wider }, own)).rejects.toMatchObject(NEEDS_APPROVAL)
    await expect(
      roles.createRole({ name: '更多', ...wider }, { ...own, idempotencyKey: newId() }),
    ).rejects.toMatchObject(NEEDS_APPROVAL)
  })

  test('takes over an account or a secret that opens more than they may do', async () => {
    const { people, staff, as, applications, role, position, person, rootUnitId, create } = firm
    const take = { personId: staff.finance, accountName: 'finance', password: 'a password of mine' }
    await expect(people.setAccount(take, await as('hr'))).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'grant_exceeds_own',
    })
    const registrar = await role('渠道', 'organization.partner_applications.write@company')
    const positionId = await position('渠道管理', [registrar])
    await person('渠道管理', { orgUnitId: rootUnitId, positionId }, 'registrar')
    const request = { partnerId: newId(), name: 'ERP' }
    const channel = await as('registrar')
    await expect(applications.createPartnerApplication(request, channel)).rejects.toMatchObject(NEEDS_APPROVAL)
    const { application } = await applications.createPartnerApplication(request, create())
    const partnerApplicationId = application?.partnerApplicationId ?? ''
    await expect(applications.rotateSecret({ partnerApplicationId }, { ...channel })).rejects.toMatchObject({
      code: 'grant_exceeds_own',
    })
  })

  test('gives a position the decision of cases, or lends another’s, without deciding them too', async () => {
    const { authority, positions, staff, role, position, person, rootUnitId, as, create } = firm
    const ruling = await role(
      '制度',
      'organization.authority.write@company',
      'organization.delegations.write@company',
      'organization.approvals.decide@company',
    )
    const positionId = await position('制度管理', [ruling])
    const keeper = await person('制度管理', { orgUnitId: rootUnitId, positionId }, 'ruler')
    const ruler = await as('ruler')
    const rule = { class: 'credit_limit', positionId, from: '2026-01-01' }
    await expect(authority.createAuthorityRule(rule, ruler)).rejects.toMatchObject(NEEDS_APPROVAL)
    await authority.createAuthorityRule({ ...rule, positionId: positions.finance }, create())
    const days = { from, until: '2026-04-01' }
    const lend = { fromPersonId: staff.finance, toPersonId: keeper, ...days }
    await expect(authority.createDelegation(lend, { ...ruler, idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'grant_to_self',
    })
    const other = { ...lend, toPersonId: staff.hr2 }
    await expect(authority.createDelegation(other, { ...ruler, idempotencyKey: newId() })).rejects.toMatchObject(
      NEEDS_APPROVAL,
    )
  })

  test('decides a case of grants as a delegate, or in the name of an approver by migration', async () => {
    const { people, positions, west, as, approvals, authority, person, role, position, rootUnitId, staff } = firm
    const migrating = await role('历史', 'migration@company', 'organization.approvals.decide@company')
    const positionId = await position('历史录入', [migrating])
    const clerk = await person('历史录入', { orgUnitId: rootUnitId, positionId }, 'migrator')
    const lending = { toPersonId: clerk, from, until: '2026-04-01' }
    const lender = await role('出借', 'organization.delegations.write@self')
    await people.setPersonRoles({ personId: staff.finance, roleIds: [lender] }, firm.create())
    await authority.createDelegation(lending, await as('finance'))
    const personId = await person('候选二', { orgUnitId: west, positionId: positions.plain })
    const assignment = { orgUnitId: west, positionId: positions.finance, from }
    const approvalId = await caseOf(people.transferPerson({ personId, assignment }, await as('hr')))
    const migrator = await as('migrator')
    const recorded = { approvalId, recordedFor: staff.finance }
    await expect(approvals.approve(recorded, migrator)).rejects.toMatchObject({ code: 'approval_not_yours' })
    await expect(approvals.approve({ approvalId }, migrator)).rejects.toMatchObject({ code: 'approval_not_found' })
  })
})
