import { dateOf } from '@saleswright/contracts'
import {
  type ApprovalDecided,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import type { WriteOffReceivableRequest } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { type BusinessDate, companyScope, expectEtag } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { advance } from '../order/advance.ts'
import { giveUp } from '../order/facts.ts'
import type { Step } from '../order/order-steps.ts'
import { SMALL_DIFFERENCE } from '../policy/policies.ts'
import { post } from './bill.ts'
import { contentOf, declineWriteOff, requestWriteOff } from './pending-write-off.ts'
import { openAmount, type Receivable, writeOff } from './receivable.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** Gives up what is open: a small difference at once, more with a second person's approval. */
export const writeOffStep = async (
  step: Step,
  { receivableId, reason, etag }: WriteOffReceivableRequest,
): Promise<Receivable> => {
  const { desk, tx, call } = step
  const receivable = await tx.get(desk.receivables, scopeOf(call), receivableId)
  expectEtag(receivable, etag)
  if (receivable.status === 'written_off' || receivable.writeOff?.contentHash === contentOf(receivable))
    return receivable
  const on = await todayIn(desk.directory, receivable.companyId, call.at)
  const small = await desk.policies.value(receivable.companyId, SMALL_DIFFERENCE, on)
  if (openAmount(receivable).minor <= BigInt(small)) return giveUpOpen(step, receivable, { on, reason })
  const decision = requestWriteOff(receivable, { requesterId: call.actor.id, reason, on, at: tx.at })
  return tx.save(desk.receivables, decision)
}

/** Bill, order, ledger and exposure change together. */
export const giveUpOpen = async (
  { desk, tx }: Room,
  receivable: Receivable,
  { on, reason }: { readonly on: BusinessDate; readonly reason: string },
): Promise<Receivable> => {
  const { companyId, customerId, onCredit, writtenOff } = receivable
  const amount = openAmount(receivable)
  const stored = tx.save(desk.receivables, writeOff(receivable, { on, reason }))
  const order = await tx.get(desk.orders, companyScope(companyId), receivable.orderId)
  const left = tx.save(
    desk.orders,
    chain(giveUp(order, amount, on), (next) => advance(next, on)),
  )
  const step = `${writtenOff.minor}`
  post(desk, tx, left, { kind: 'write_off', documentId: receivable.id, step, businessDate: on, amount })
  const account = { companyId, customerId, currency: amount.currency }
  const change = onCredit ? -amount.minor : 0n
  await expose(desk, tx, account, { change, cause: 'write_off', orderId: order.id })
  return stored
}

/** What was decided counts while it is about what is open now (decisions 22). */
export const decideOnWriteOff = async (room: Room, decided: ApprovalDecided): Promise<void> => {
  const { desk, tx } = room
  const [kind, receivableId] = decided.subject.split('/')
  if (kind !== 'receivables' || receivableId === undefined) return
  const receivable = await tx.find(desk.receivables, companyScope(decided.companyId), receivableId)
  const pending = receivable?.writeOff
  if (!receivable || pending?.caseId !== decided.caseId) return
  const on = await todayIn(desk.directory, decided.companyId, dateOf(decided.decidedAt) ?? tx.at)
  const approved = decided.decision === ApprovalDecision_Verdict.APPROVED
  const current = receivable.status === 'open' && pending.contentHash === contentOf(receivable)
  if (approved && current) await giveUpOpen(room, receivable, { on, reason: pending.reason })
  else tx.save(desk.receivables, declineWriteOff(receivable, on))
}
