import { create } from '@bufbuild/protobuf'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
  type ApprovalNeeded,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  LedgerLine_Kind,
  PaymentRequest_Status,
  Receivable_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { COMPANY, everything, openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, receivables, paymentRequests } = stage
const { rep, finance, order, accepted, billsOf, pay, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })
const reason = '尾差'

const lineOf = async (orderId: string, kind: LedgerLine_Kind) => {
  const { ledgerLines } = await stage.ledger.listLedgerLines({ orderId }, finance.as())
  return ledgerLines.filter((line) => line.kind === kind).map(({ amount }) => amount!.amount)
}

/** On credit, shipped and delivered, and paid but for a part. */
const paidButFor = async (missing: number) => {
  const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
  const { orderId } = await order({ sku, customerId, confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await orders.releaseOrder({ orderId }, finance.as())
  const { shipmentId } = await shipAll(orderId)
  await stage.shipments.deliver({ shipmentId }, rep.as())
  await pay(orderId, (100 - missing).toFixed(2))
  const [bill] = await billsOf(orderId)
  return { orderId, receivableId: bill!.receivableId }
}
const giveUp = (receivableId: string, who = finance) =>
  receivables.writeOffReceivable({ receivableId, reason }, who.as())
const get = (receivableId: string) => receivables.getReceivable({ receivableId }, finance.as())

const neededFor = async (receivableId: string) =>
  (await stage.told()).findLast(
    (event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === receivableId,
  ) as unknown as ApprovalNeeded
const decide = async ({ caseId, subject, contentHash }: ApprovalNeeded, decision: ApprovalDecision_Verdict) => {
  const decided = { caseId, subject, companyId: COMPANY, contentHash, decision, deciderId: newId() }
  await stage.organization.tell(newId(), create(ApprovalDecidedSchema, decided))
  await stage.hosted.drained()
}

describe('a small difference', () => {
  test('is written off at once, and the order completes', async () => {
    const { orderId, receivableId } = await paidButFor(0.02)
    await expect(orders.completeOrder({ orderId }, finance.as())).rejects.toMatchObject({ code: 'receivable_open' })
    const written = await giveUp(receivableId)
    expect(written).toMatchObject({
      status: Receivable_Status.WRITTEN_OFF,
      collected: yuan('99.98'),
      writtenOff: yuan('0.02'),
      open: yuan('0.00'),
    })
    expect(await giveUp(receivableId)).toEqual(written)
    expect(await lineOf(orderId, LedgerLine_Kind.WRITE_OFF)).toEqual(['0.02'])
    expect(await orders.completeOrder({ orderId }, finance.as())).toMatchObject({
      status: Order_Status.COMPLETED,
      writtenOff: yuan('0.02'),
    })
  })

  test('needs the permission', async () => {
    const { receivableId } = await paidButFor(0.02)
    const clerk = await stage.someone(everything('company', 'receivables.write_off'))
    await expect(giveUp(receivableId, clerk)).rejects.toMatchObject({ code: 'permission_missing' })
  })

  test('of a prepaid order is settled with its payment request: billed, collected and written off at once', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const { orderId, paymentRequestId = '' } = await accepted({ sku, customerId })
    await pay(orderId, '98.99')
    const settle = () => paymentRequests.settlePaymentRequest({ paymentRequestId, reason }, finance.as())
    await expect(settle()).rejects.toMatchObject({
      code: 'difference_too_large',
      params: { missing: '1.01', limit: '1.00' },
    })
    await pay(orderId, '0.99')
    expect(await settle()).toMatchObject({ status: PaymentRequest_Status.COVERED, received: yuan('99.98') })
    expect(await billsOf(orderId)).toMatchObject([
      { status: Receivable_Status.WRITTEN_OFF, amount: yuan('100.00'), collected: yuan('99.98'), billedOn: TODAY },
    ])
    expect(await orders.releaseOrder({ orderId }, finance.as())).toMatchObject({ status: Order_Status.RELEASED })
  })
})

describe('more than a small difference', () => {
  test('is written off when a second person has approved it', async () => {
    const { orderId, receivableId } = await paidButFor(40)
    const asked = await giveUp(receivableId)
    const needed = await neededFor(receivableId)
    expect(asked).toMatchObject({ status: Receivable_Status.OPEN, writeOffApprovalId: needed.caseId })
    expect(needed).toMatchObject({ class: 'write_off', requesterId: finance.id, amount: yuan('40.00') })
    expect(await giveUp(receivableId)).toEqual(asked)
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(receivableId)).toMatchObject({ status: Receivable_Status.WRITTEN_OFF, writtenOff: yuan('40.00') })
    expect(await lineOf(orderId, LedgerLine_Kind.WRITE_OFF)).toEqual(['40.00'])
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await lineOf(orderId, LedgerLine_Kind.WRITE_OFF)).toEqual(['40.00'])
  })

  test('stays open where it was rejected, and can be asked for again', async () => {
    const { receivableId } = await paidButFor(40)
    await giveUp(receivableId)
    await decide(await neededFor(receivableId), ApprovalDecision_Verdict.REJECTED)
    const open = await get(receivableId)
    expect(open).toMatchObject({ status: Receivable_Status.OPEN, open: yuan('40.00') })
    expect(open.writeOffApprovalId).toBeUndefined()
    expect((await giveUp(receivableId)).writeOffApprovalId).toBeDefined()
  })

  test('stays open where money came before the decision: it was about another amount', async () => {
    const { orderId, receivableId } = await paidButFor(40)
    await giveUp(receivableId)
    const needed = await neededFor(receivableId)
    await pay(orderId, '10.00')
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(receivableId)).toMatchObject({ status: Receivable_Status.OPEN, open: yuan('30.00') })
    expect(await lineOf(orderId, LedgerLine_Kind.WRITE_OFF)).toEqual([])
  })
})
