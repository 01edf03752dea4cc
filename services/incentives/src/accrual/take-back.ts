import { type BusinessDate, companyScope, notFound } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { accrualId, correctionId } from '../commission-line/commission-line.ts'
import type { Desk } from '../desk.ts'
import { applyChange } from './apply-change.ts'

type TakenBack = {
  readonly companyId: string
  readonly allocationId: string
  /** Net, in the smallest unit, above zero. */
  readonly net: bigint
  readonly on: BusinessDate
  readonly eventId: string
}

/** What is taken back makes its payment smaller on the day of the payment, so that the rest is rated as if it had never been there. */
export const takeBack = async (desk: Desk, tx: Tx, reversal: TakenBack): Promise<void> => {
  const { companyId, allocationId, net, on, eventId } = reversal
  const first = await tx.find(desk.lines, companyScope(companyId), accrualId(allocationId))
  if (!first) return await takeBackUnrated(desk, tx, reversal)
  await applyChange(desk, tx, {
    kind: 'reversal',
    allocation: first,
    allocationId,
    lineId: correctionId(eventId, allocationId),
    causeId: eventId,
    by: -net,
    on,
    earnedPeriod: first.earnedPeriod,
  })
}

const takeBackUnrated = async ({ putOff }: Desk, tx: Tx, { companyId, allocationId, net }: TakenBack) => {
  const waiting = await tx.find(putOff, companyScope(companyId), allocationId)
  if (!waiting) throw notFound('commission_line', allocationId)
  tx.put(putOff, { ...waiting, basis: waiting.basis - net })
}
