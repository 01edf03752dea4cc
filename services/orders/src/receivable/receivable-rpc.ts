import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage, wordOf } from '@saleswright/contracts'
import {
  Receivable_Status,
  ReceivableSchema,
  type ReceivableService,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { type BusinessDate, daysBetween, etagOf } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { openAmount, type Receivable, type Status } from './receivable.ts'
import { writeOffStep } from './write-off.ts'

export const receivableRpc = (desk: Desk): Implementation<typeof ReceivableService> => {
  const { store, receivables } = desk
  return {
    getReceivable: async ({ receivableId }, call) => {
      const today = await todayIn(desk.directory, call.actor.companyId, call.at)
      return view(await receivables.get(scopeOf(call), receivableId), today)
    },

    listReceivables: async (request, call) => {
      const today = await todayIn(desk.directory, call.actor.companyId, call.at)
      const { customerId, orderId, status, overdue } = request
      const filter = {
        customerId,
        orderId,
        status: wordOf(STATUS, status),
        ...(overdue && { status: 'open', dueOn: { $lt: today } }),
      }
      const page = await receivables.list(scopeOf(call), queryOf(request, filter))
      return { receivables: page.items.map((one) => view(one, today)), ...pageFacts(page) }
    },

    writeOffReceivable: (request, call) =>
      store.answer(call, ReceivableSchema, async (tx) => {
        const today = await todayIn(desk.directory, call.actor.companyId, call.at)
        return view(await writeOffStep({ desk, tx, call }, request), today)
      }),
  }
}

const STATUS = {
  open: Receivable_Status.OPEN,
  collected: Receivable_Status.COLLECTED,
  cancelled: Receivable_Status.CANCELLED,
  written_off: Receivable_Status.WRITTEN_OFF,
} as const satisfies Record<Status, Receivable_Status>

/** R243: computed from the due date and today, so that it is never wrong tomorrow. */
export const daysOverdue = ({ status, dueOn }: Receivable, today: BusinessDate): number =>
  status === 'open' ? Math.max(0, daysBetween(dueOn, today)) : 0

const view = (receivable: Receivable, today: BusinessDate): MessageInitShape<typeof ReceivableSchema> => ({
  receivableId: receivable.id,
  orderId: receivable.orderId,
  orderNo: receivable.orderNo,
  customerId: receivable.customerId,
  ownerId: receivable.ownerId,
  status: STATUS[receivable.status],
  amount: moneyMessage(receivable.amount),
  collected: moneyMessage(receivable.collected),
  open: moneyMessage(openAmount(receivable)),
  billedOn: receivable.billedOn,
  dueOn: receivable.dueOn,
  daysOverdue: daysOverdue(receivable, today),
  etag: etagOf(receivable),
  writtenOff: moneyMessage(receivable.writtenOff),
  ...(receivable.writeOff && { writeOffApprovalId: receivable.writeOff.caseId }),
})
