import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  AccountSetSchema,
  ApprovalOpenedSchema,
  ApprovalSignedSchema,
  AuthorityRuleChangedSchema,
  CompanyCreatedSchema,
  DelegationChangedSchema,
  file_saleswright_organization_v1_events as file,
  OrgUnitChangedSchema,
  PartnerApplicationChangedSchema,
  PersonChangedSchema,
  PositionChangedSchema,
  RoleChangedSchema,
  SessionsRevokedSchema,
  SignedInSchema,
  SignInRefusedSchema,
  SigningKeyRotatedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { expect, test } from 'vitest'

const span = { from: '2026-01-01', until: '2026-02-01' }
const money = { currencyCode: 'CNY', amount: '1.00' }
const at = { seconds: 1n, nanos: 0 }
const sample = <S extends DescMessage>(schema: S, init: MessageInitShape<S>, golden: string) => ({
  name: schema.name,
  hex: Buffer.from(toBinary(schema, create(schema, init))).toString('hex'),
  golden,
})

// What was stored once must be readable for ever (decisions 21): these bytes never change, new fields only come behind.
const samples = [
  sample(
    CompanyCreatedSchema,
    { companyId: 'c', name: 'n', currencyCode: 'CNY', timeZone: 'z', rootUnitId: 'r' },
    '0a016312016e1a03434e5922017a2a0172',
  ),
  sample(
    OrgUnitChangedSchema,
    { orgUnitId: 'u', name: 'n', kind: 'team', parentId: 'r', path: ['r', 'u'] },
    '0a017512016e1a047465616d2201722a01722a0175',
  ),
  sample(
    PositionChangedSchema,
    { positionId: 'p', title: 't', roleIds: ['r'], headcount: 1 },
    '0a01701201741a01722001',
  ),
  sample(
    PersonChangedSchema,
    {
      personId: 'p',
      displayName: 'n',
      left: true,
      places: [{ orgUnitId: 'u', positionId: 'q', managerId: 'm', ...span }],
      roleIds: ['r'],
    },
    '0a017012016e180122210a01751201711a016d220a323032362d30312d30312a0a323032362d30322d30312a0172',
  ),
  sample(AccountSetSchema, { personId: 'p' }, '0a0170'),
  sample(
    RoleChangedSchema,
    { roleId: 'r', name: 'n', grants: ['orders.read@self'] },
    '0a017212016e1a106f72646572732e726561644073656c66',
  ),
  sample(
    SessionsRevokedSchema,
    { subjectId: 'p', sessionId: 's', issuedBefore: at, reason: 'x' },
    '0a01701201731a020801220178',
  ),
  sample(SignedInSchema, { personId: 'p', sessionId: 's' }, '0a0170120173'),
  sample(SignInRefusedSchema, { personId: 'p', failures: 5, locked: true }, '0a017010051801'),
  sample(SigningKeyRotatedSchema, { kid: 'k' }, '0a016b'),
  sample(
    PartnerApplicationChangedSchema,
    { partnerApplicationId: 'a', partnerId: 'p', clientId: 'c', disabled: true, secretRotated: true },
    '0a01611201701a016320012801',
  ),
  sample(
    AuthorityRuleChangedSchema,
    { authorityRuleId: 'a', class: 'c', positionId: 'p', upTo: money, ...span },
    '0a01611201631a0170220b0a03434e591204312e30302a0a323032362d30312d3031320a323032362d30322d3031',
  ),
  sample(
    DelegationChangedSchema,
    { delegationId: 'd', fromPersonId: 'f', toPersonId: 't', classes: ['c'], ...span },
    '0a01641201661a01742201632a0a323032362d30312d3031320a323032362d30322d3031',
  ),
  sample(
    ApprovalOpenedSchema,
    { approvalId: 'a', class: 'c', subject: 's', requesterId: 'r', approverIds: ['p'], unroutable: true },
    '0a01611201631a01732201722a01703001',
  ),
  sample(
    ApprovalSignedSchema,
    { approvalId: 'a', signerId: 's', action: 'approved', onBehalfOf: 'o' },
    '0a01611201731a08617070726f76656422016f',
  ),
  sample(
    ApprovalDecidedSchema,
    {
      caseId: 'c',
      subject: 's',
      companyId: 'd',
      contentHash: 'h',
      decision: ApprovalDecision_Verdict.APPROVED,
      deciderId: 'p',
      onBehalfOf: 'o',
      comment: 'x',
      decidedAt: at,
    },
    '0a01631201731a016422016828013201703a016f4201784a020801',
  ),
]

test.each(samples)('the bytes of $name stay what they were', ({ hex, golden }) => expect(hex).toBe(golden))

test('every event of the contract is among them', () => {
  const known = new Set<string>(samples.map(({ name }) => name))
  expect(file.messages.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
})
