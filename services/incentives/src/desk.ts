import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory } from '@saleswright/directory'
import type { Cause } from '@saleswright/kernel'
import type { Platform } from '@saleswright/service'
import type { Repository, Store } from '@saleswright/store'
import type { Earnings } from './accrual/earnings.ts'
import { earningsMapping } from './accrual/earnings-store.ts'
import { putOffMapping } from './accrual/put-off-store.ts'
import type { Allocation, CommissionLine } from './commission-line/commission-line.ts'
import { commissionLineMapping } from './commission-line/commission-line-store.ts'
import type { CommissionPlan } from './commission-plan/commission-plan.ts'
import { commissionPlanMapping } from './commission-plan/commission-plan-store.ts'
import type { PlanBook } from './commission-plan/plan-book.ts'
import { planBookMapping } from './commission-plan/plan-book-store.ts'
import type { Statement } from './statement/statement.ts'
import { statementMapping } from './statement/statement-store.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly directory: Directory
  /** The service itself, now. */
  readonly cause: () => Cause
  readonly plans: Repository<CommissionPlan>
  readonly books: Repository<PlanBook>
  readonly earnings: Repository<Earnings>
  readonly putOff: Repository<Allocation>
  readonly statements: Repository<Statement>
  readonly lines: Repository<CommissionLine>
}

export const MAPPINGS = [
  commissionPlanMapping,
  planBookMapping,
  earningsMapping,
  putOffMapping,
  statementMapping,
  commissionLineMapping,
]

export const deskOf = ({ store, client, clock, cause }: Platform): Desk => ({
  store,
  cause,
  directory: directory(client(DirectoryService), clock),
  plans: store.repository(commissionPlanMapping),
  books: store.repository(planBookMapping),
  earnings: store.repository(earningsMapping),
  putOff: store.repository(putOffMapping),
  statements: store.repository(statementMapping),
  lines: store.repository(commissionLineMapping),
})
