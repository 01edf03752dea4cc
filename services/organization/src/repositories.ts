import type { Store } from '@saleswright/store'
import { accountMapping } from './account/account-store.ts'
import { signInsMapping } from './account/sign-ins-store.ts'
import { approvalMapping } from './approval/approval-store.ts'
import { authorityRuleMapping } from './authority/authority-rule-store.ts'
import { delegationMapping } from './authority/delegation-store.ts'
import { companyMapping } from './company/company-store.ts'
import { guardMapping } from './guard.ts'
import { headcountPlanMapping } from './headcount/headcount-plan-store.ts'
import { letterMapping } from './mail/letter-store.ts'
import type { Post } from './mail/post.ts'
import { orgUnitMapping } from './org-unit/org-unit-store.ts'
import { partnerApplicationMapping } from './partner-application/partner-application-store.ts'
import { personMapping } from './person/person-store.ts'
import { positionMapping } from './position/position-store.ts'
import { roleMapping } from './role/role-store.ts'
import { sessionMapping } from './session/session-store.ts'
import { signingKeyMapping } from './token/signing-key-store.ts'

export const mappings = [
  companyMapping,
  orgUnitMapping,
  positionMapping,
  headcountPlanMapping,
  roleMapping,
  personMapping,
  accountMapping,
  signInsMapping,
  sessionMapping,
  letterMapping,
  signingKeyMapping,
  partnerApplicationMapping,
  authorityRuleMapping,
  delegationMapping,
  approvalMapping,
  guardMapping,
] as const

/** Everything that organization stores. */
export const repositoriesOf = ({ repository }: Pick<Store, 'repository'>) => ({
  companies: repository(companyMapping),
  orgUnits: repository(orgUnitMapping),
  positions: repository(positionMapping),
  headcountPlans: repository(headcountPlanMapping),
  roles: repository(roleMapping),
  people: repository(personMapping),
  accounts: repository(accountMapping),
  signIns: repository(signInsMapping),
  sessions: repository(sessionMapping),
  letters: repository(letterMapping),
  signingKeys: repository(signingKeyMapping),
  partnerApplications: repository(partnerApplicationMapping),
  authorityRules: repository(authorityRuleMapping),
  delegations: repository(delegationMapping),
  approvals: repository(approvalMapping),
  guards: repository(guardMapping),
})

type Repositories = ReturnType<typeof repositoriesOf>
/** What the use cases work with. */
export type Books = Repositories & { readonly store: Store; readonly post: Post }
