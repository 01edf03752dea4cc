import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory } from '@saleswright/directory'
import type { Platform } from '@saleswright/service'
import type { Repository, Store } from '@saleswright/store'
import { type Contribution, contributionMapping } from './attainment/contribution.ts'
import { originalTargetMapping, type PublishedTarget, publishedTargetMapping } from './target-plan/published-target.ts'
import type { TargetPlan } from './target-plan/target-plan.ts'
import { targetPlanMapping } from './target-plan/target-plan-store.ts'
import { type TargetYear, targetYearMapping } from './target-plan/target-year.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly directory: Directory
  readonly plans: Repository<TargetPlan>
  /** In force. */
  readonly targets: Repository<PublishedTarget>
  readonly originals: Repository<PublishedTarget>
  readonly years: Repository<TargetYear>
  readonly contributions: Repository<Contribution>
}

export const MAPPINGS = [
  targetPlanMapping,
  publishedTargetMapping,
  originalTargetMapping,
  targetYearMapping,
  contributionMapping,
]

export const deskOf = ({ store, client, clock }: Platform): Desk => ({
  store,
  directory: directory(client(DirectoryService), clock),
  plans: store.repository(targetPlanMapping),
  targets: store.repository(publishedTargetMapping),
  originals: store.repository(originalTargetMapping),
  years: store.repository(targetYearMapping),
  contributions: store.repository(contributionMapping),
})
