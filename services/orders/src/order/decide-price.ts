import { dateOf } from '@saleswright/contracts'
import {
  type ApprovalDecided,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { todayIn } from '@saleswright/directory'
import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { decidePrice } from './facts.ts'
import { tryConfirm } from './intake.ts'
import type { Order } from './order.ts'

/**
 * What was decided about a price counts while it is about the order as it stands (decisions 22). Where the customer has said
 * yes already, the order confirms by itself; if stock or credit refuse that by now, it stays an approved draft.
 */
export const decideOnPrice = async (desk: Desk, tx: Tx, decided: ApprovalDecided): Promise<void> => {
  const [kind, orderId] = decided.subject.split('/')
  if (kind !== 'orders' || orderId === undefined) return
  const order = await tx.find(desk.orders, companyScope(decided.companyId), orderId)
  if (order?.priceApproval !== 'pending' || order.approval?.contentHash !== decided.contentHash) return
  if (order.status === 'cancelled') return
  const approved = decided.decision === ApprovalDecision_Verdict.APPROVED
  const date = await dateOfDecision(desk, order, dateOf(decided.decidedAt) ?? tx.at)
  const decision = decidePrice(order, { approved, deciderId: decided.deciderId, date })
  const followed = approved && order.wordGiven ? await tryConfirm(desk, tx, decision.next, date) : undefined
  if (followed) followed.stage(decision.events)
  else tx.save(desk.orders, decision)
}

const dateOfDecision = async ({ directory }: Desk, order: Order, at: Date): Promise<string> =>
  order.migrated ? order.businessDate : await todayIn(directory, order.companyId, at)
