import { type Reaction, when } from '@saleswright/bus'
import { ApprovalDecidedSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  CreditLimitSetSchema,
  CustomerChangedSchema,
  CustomerHandedOverSchema,
  PartnerAgreementsSetSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { todayIn } from '@saleswright/directory'
import { copyCustomer, followAgreements, followHandover, followLimit } from './customer/follow-customer.ts'
import type { Desk } from './desk.ts'
import { decideOnPrice } from './order/decide-price.ts'
import { moveOpenDocuments } from './order/move-open-documents.ts'
import { decideOnWriteOff } from './receivable/write-off.ts'

export const reactionsOf = (desk: Desk): readonly Reaction[] => [
  {
    name: 'customers',
    from: ['customers'],
    handlers: [
      when(CustomerChangedSchema, (event, context) => copyCustomer(desk, event, context)),
      when(CreditLimitSetSchema, (event, context) => followLimit(desk, event, context)),
      when(PartnerAgreementsSetSchema, (event, context) => followAgreements(desk, event, context)),
      when(CustomerHandedOverSchema, (event, context) => followHandover(desk, event, context)),
    ],
  },
  {
    name: 'organization',
    from: ['organization'],
    handlers: [
      when(ApprovalDecidedSchema, async (decided, { tx }) => {
        await decideOnPrice(desk, tx, decided)
        await decideOnWriteOff({ desk, tx }, decided)
      }),
      when(OrgUnitChangedSchema, async ({ orgUnitId: unitId, path: orgPath }, { envelope, tx }) => {
        const { companyId, recordedAt } = envelope
        const date = await todayIn(desk.directory, companyId, recordedAt)
        const filter = { unitId, orgPath: { $ne: orgPath } }
        const place = ({ ownerId }: { readonly ownerId: string }) => ({ ownerId, unitId, orgPath })
        await moveOpenDocuments(desk, tx, { companyId, filter, place, date })
      }),
    ],
  },
]
