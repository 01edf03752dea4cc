import type { Model } from '../rows/model.ts'
import { collections } from './collection.ts'
import { commissions } from './commission.ts'
import { companies } from './company.ts'
import { customers } from './customer.ts'
import { leads } from './lead.ts'
import { opportunities } from './opportunity.ts'
import { orders } from './order.ts'
import { orgUnits } from './org-unit.ts'
import { people } from './person.ts'
import { products } from './product.ts'
import { receivables } from './receivable.ts'
import { shipments } from './shipment.ts'
import { targetPlans } from './target-plan.ts'

/** Every read model, in the order of their collections: the digest goes by it. */
export const MODELS: readonly Model[] = [
  collections,
  commissions,
  companies,
  customers,
  leads,
  opportunities,
  orders,
  orgUnits,
  people,
  products,
  receivables,
  shipments,
  targetPlans,
]

/** Whose events the read models are made of. */
export const SOURCES = ['organization', 'customers', 'orders', 'performance', 'incentives'] as const
export type Source = (typeof SOURCES)[number]
