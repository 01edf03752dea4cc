import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Directory, directory } from '@saleswright/directory'
import type { Platform } from '@saleswright/service'
import type { Repository, Store } from '@saleswright/store'
import { type Collected, collectedMapping } from './attainment/collected.ts'
import { type PublishedTarget, publishedTargetMapping } from './target-plan/published-target.ts'
import type { TargetPlan } from './target-plan/target-plan.ts'
import { targetPlanMapping } from './target-plan/target-plan-store.ts'
import { type TargetYear, targetYearMapping } from './target-plan/target-year.ts'

/** What the use cases of this service work with. */
export type Desk = {
  readonly store: Store
  readonly directory: Directory
  readonly plans: Repository<TargetPlan>
  readonly targets: Repository<PublishedTarget>
  readonly years: Repository<TargetYear>
  readonly collected: Repository<Collected>
}

export const MAPPINGS = [targetPlanMapping, publishedTargetMapping, targetYearMapping, collectedMapping]

export const deskOf = ({ store, client, clock }: Platform): Desk => ({
  store,
  directory: directory(client(DirectoryService), clock),
  plans: store.repository(targetPlanMapping),
  targets: store.repository(publishedTargetMapping),
  years: store.repository(targetYearMapping),
  collected: store.repository(collectedMapping),
})
