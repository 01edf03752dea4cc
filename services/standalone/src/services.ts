import { customers } from '@saleswright/customers'
import { gateway } from '@saleswright/gateway'
import { incentives } from '@saleswright/incentives'
import { orders } from '@saleswright/orders'
import { organization } from '@saleswright/organization'
import { performance } from '@saleswright/performance'
import { reporting } from '@saleswright/reporting'
import type { ServiceDefinition } from '@saleswright/service'

/** Every service there is; each also runs alone, by its own main.ts. */
export const SERVICES: readonly ServiceDefinition[] = [
  organization,
  customers,
  orders,
  performance,
  incentives,
  reporting,
  gateway,
]
