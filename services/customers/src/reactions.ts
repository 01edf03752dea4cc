import { type Reaction, when } from '@saleswright/bus'
import { ApprovalDecidedSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { OpportunityWonSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { companyScope } from '@saleswright/kernel'
import { applyDecision } from './credit/decided.ts'
import { firstSale } from './customer/customer.ts'
import type { Desk } from './desk.ts'
import { reorganize } from './reorganize.ts'

/** What other services tell and this one acts on, each under a group of its own. */
export const reactionsOf = (desk: Desk): readonly Reaction[] => [
  {
    name: 'credit',
    from: ['organization'],
    handlers: [when(ApprovalDecidedSchema, (event, { tx }) => applyDecision(desk, tx, event))],
  },
  {
    name: 'units',
    from: ['organization'],
    handlers: [
      when(OrgUnitChangedSchema, (event, { tx, envelope }) => reorganize(desk, tx, envelope.companyId, event)),
    ],
  },
  {
    // Apart from the winning itself, which must not wait for others that win at the same customer.
    name: 'sales',
    from: ['customers'],
    handlers: [
      when(OpportunityWonSchema, async ({ customerId }, { tx, envelope }) => {
        const { customers } = desk
        tx.save(customers, firstSale(await tx.get(customers, companyScope(envelope.companyId), customerId)))
      }),
    ],
  },
]
