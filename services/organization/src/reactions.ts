import { type Handler, type Reaction, when } from '@saleswright/bus'
import {
  ApprovalNeededSchema,
  ApprovalPartiesChangedSchema,
  ApprovalWithdrawnSchema,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import type { Tx } from '@saleswright/store'
import { closeCase, involveInCase, openCase } from './approval/open-case.ts'
import type { Books } from './repositories.ts'

/** Cases come from whoever needs a decision. */
export const reactions = (books: Books): readonly Reaction[] => {
  const handlers: readonly Handler[] = [
    when(ApprovalNeededSchema, (event, { tx }) => openCase(tx as Tx, books, event)),
    when(ApprovalPartiesChangedSchema, (event, { tx }) => involveInCase(tx as Tx, books, event)),
    when(ApprovalWithdrawnSchema, (event, { tx }) => closeCase(tx as Tx, books, event)),
  ]
  return [{ name: 'approvals', from: ['customers', 'orders'], handlers }]
}
