import {
  CommissionLine_Kind,
  Statement_Status,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { describe, expect, test } from 'vitest'
import { agents, inForce } from './records.ts'
import { everything, NORTH, openStage, ROOT, type Stage, sellerIn } from './stage.ts'

const stage = await openStage()
const { orders, commission, someone, drained, parked } = stage
await inForce(stage, agents('2017-01-01'))
const reader = await someone(everything('company'))

const statementsOf = async (personId: string) => {
  await drained()
  const { statements } = await commission.listStatements({ personId, orderBy: 'period' }, reader.as())
  return statements.map(({ period, amount, basis, lines, status }) => ({
    period,
    status,
    lines,
    amount: amount?.amount,
    basis: basis?.amount,
  }))
}
const linesOf = async (personId: string, { drained: settled, commission: of }: Stage = stage) => {
  await settled()
  return (await of.listCommissionLines({ personId, pageSize: 200 }, reader.as())).commissionLines
}
const close = async (personId: string, period: string) => {
  const { statements } = await commission.listStatements({ personId, period }, reader.as())
  await commission.publishStatement({ statementId: statements[0]?.statementId ?? '' }, reader.as())
}

describe('R374: commission follows the money that came in', () => {
  test('a payment that crosses a tier says how it was rated', async () => {
    const seller = sellerIn(ROOT, NORTH)
    await orders.collect({ by: seller, net: '72000', on: '2017-01-15', paymentNo: 'PAY-1' })
    await drained()
    await orders.collect({ by: seller, net: '5000', on: '2017-03-01', paymentNo: 'PAY-2' })
    const line = (await linesOf(seller.id)).find(({ paymentNo }) => paymentNo === 'PAY-2')
    expect(line).toMatchObject({
      kind: CommissionLine_Kind.ACCRUAL,
      period: '2017-Q1',
      basis: { amount: '5000.00' },
      amount: { amount: '190.00' },
      shares: [
        { rate: '0.03', basis: { amount: '3000.00' }, amount: { amount: '90.00' } },
        { rate: '0.05', basis: { amount: '2000.00' }, amount: { amount: '100.00' } },
      ],
      why: '2017-03-01 收到 5,000.00 USD（订单 SO-2，回款 PAY-2）：3,000.00 USD 按 3% 为 90.00 USD，2,000.00 USD 按 5% 为 100.00 USD。',
    })
    expect(await commission.getCommissionLine({ commissionLineId: line?.commissionLineId ?? '' }, reader.as())).toEqual(
      line,
    )
  })

  test('payments that arrive in another order come to the same, and adjustments name what they correct', async () => {
    const seller = sellerIn(ROOT, NORTH)
    await orders.collect({ by: seller, net: '80000', on: '2017-02-15', paymentNo: 'PAY-2' })
    await drained()
    await orders.collect({ by: seller, net: '1000', on: '2017-01-15', paymentNo: 'PAY-1' })
    expect(await statementsOf(seller.id)).toEqual([
      { period: '2017-Q1', status: Statement_Status.DRAFT, basis: '81000.00', amount: '2550.00', lines: 3 },
    ])
    const [adjustment, late, first] = (await linesOf(seller.id)).toSorted((a, b) => b.kind - a.kind)
    expect(adjustment?.kind).toBe(CommissionLine_Kind.ADJUSTMENT)
    expect(adjustment?.amount?.amount).toBe('20.00')
    expect([late, first].find((line) => line?.paymentNo === 'PAY-2')?.commissionLineId).toBe(adjustment?.correctsId)
  })

  test('nothing is left when everything is taken back, in whatever parts', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const [one, two] = await orders.collect(
      { by: seller, net: '74999.99', on: '2017-01-15', paymentNo: 'PAY-1' },
      { by: seller, net: '333.33', on: '2017-02-15', paymentNo: 'PAY-2' },
    )
    await drained()
    await orders.takeBack(one!, '10000.01', '2017-03-02')
    await orders.takeBack(two!, '333.33', '2017-03-02')
    expect((await statementsOf(seller.id))[0]).toMatchObject({ basis: '64999.98', amount: '1950.00' })
    await orders.takeBack(one!, '64999.98', '2017-03-03')
    expect((await statementsOf(seller.id))[0]).toMatchObject({ basis: '0.00', amount: '0.00' })
    const reversals = (await linesOf(seller.id)).filter(({ kind }) => kind === CommissionLine_Kind.REVERSAL)
    expect(reversals).toHaveLength(3)
    expect(reversals.every(({ correctsId }) => correctsId)).toBe(true)
  })

  test('what was never told of cannot be taken back: the event is parked, and nothing changes', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const [paid] = await orders.collect({ by: seller, net: '100', on: '2017-01-15', paymentNo: 'PAY-1' })
    await orders.takeBack({ ...paid!, allocationId: seller.id }, '100', '2017-01-16')
    expect((await statementsOf(seller.id))[0]).toMatchObject({ amount: '3.00' })
    const rows = (await parked()).filter(({ aggregateId }) => aggregateId === paid?.paymentId)
    expect(rows).toMatchObject([{ reason: expect.stringContaining('commission_line_not_found') }])
  })
})

describe('a closed statement', () => {
  test('never changes; what comes late is settled in the next open one, and so is what is taken back', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const [paid] = await orders.collect({ by: seller, net: '75000', on: '2017-01-15', paymentNo: 'PAY-1' })
    await drained()
    await close(seller.id, '2017-Q1')
    await orders.collect({ by: seller, net: '1000', on: '2017-01-10', paymentNo: 'PAY-0' })
    await drained()
    await orders.takeBack(paid!, '75000', '2017-08-01')
    const closed = { period: '2017-Q1', status: Statement_Status.PUBLISHED, basis: '75000.00', amount: '2250.00' }
    expect(await statementsOf(seller.id)).toMatchObject([
      closed,
      { period: '2017-Q2', basis: '1000.00', amount: '50.00', lines: 2 },
      { period: '2017-Q3', basis: '-75000.00', amount: '-2270.00' },
    ])
    const [late] = (await linesOf(seller.id)).filter(
      ({ paymentNo, kind }) => paymentNo === 'PAY-0' && kind === CommissionLine_Kind.ACCRUAL,
    )
    expect(late?.why).toContain('该笔属于 2017-Q1，其提成单已结清，因此计入 2017-Q2。')
  })
})

describe('what goes back after its statement was closed', () => {
  test('in parts, each into the statement of its own day, and the closed ones stay', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const [paid] = await orders.collect(
      { by: seller, net: '70000', on: '2017-01-15', paymentNo: 'PAY-1' },
      { by: seller, net: '10000', on: '2017-03-31', paymentNo: 'PAY-2' },
    )
    await drained()
    await close(seller.id, '2017-Q1')
    await orders.takeBack(paid!, '4000', '2017-04-01')
    await drained()
    await close(seller.id, '2017-Q2')
    await orders.takeBack(paid!, '6000', '2017-06-30')
    await drained()
    await orders.takeBack(paid!, '60000', '2017-09-30')
    // 80,000 earned 2,500; 76,000 earn 2,300; 70,000 earn 2,100; 10,000 earn 300.
    expect(await statementsOf(seller.id)).toMatchObject([
      { period: '2017-Q1', status: Statement_Status.PUBLISHED, basis: '80000.00', amount: '2500.00' },
      { period: '2017-Q2', status: Statement_Status.PUBLISHED, basis: '-4000.00', amount: '-200.00' },
      { period: '2017-Q3', status: Statement_Status.DRAFT, basis: '-66000.00', amount: '-2000.00' },
    ])
    const back = (await linesOf(seller.id)).filter(({ kind }) => kind === CommissionLine_Kind.REVERSAL)
    expect(back.map(({ period, basis }) => `${period} ${basis?.amount}`)).toEqual(
      expect.arrayContaining(['2017-Q2 -4000.00', '2017-Q3 -6000.00', '2017-Q3 -60000.00']),
    )
  })

  test('money that came in on the last day of a quarter belongs to it, on the day after to the next one', async () => {
    const seller = sellerIn(ROOT, NORTH)
    await orders.collect(
      { by: seller, net: '75000', on: '2017-03-31', paymentNo: 'PAY-1' },
      { by: seller, net: '75000', on: '2017-04-01', paymentNo: 'PAY-2' },
    )
    expect(await statementsOf(seller.id)).toMatchObject([
      { period: '2017-Q1', amount: '2250.00' },
      { period: '2017-Q2', amount: '2250.00' },
    ])
  })

  test('what was collected in another currency waits for a plan of it, and is never added', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const euros = { by: seller, net: '75000', on: '2017-03-31', paymentNo: 'PAY-E', currency: 'EUR' }
    await orders.collect(euros, { by: seller, net: '1000', on: '2017-03-31', paymentNo: 'PAY-U' })
    expect(await statementsOf(seller.id)).toMatchObject([{ period: '2017-Q1', basis: '1000.00', amount: '30.00' }])
    const tiers = [{ from: { currencyCode: 'EUR', amount: '0' }, rate: '0.01' }]
    await inForce(stage, { ...agents('2017-01-01'), name: 'Agents EUR', currencyCode: 'EUR', tiers })
    const { statements } = await commission.listStatements({ personId: seller.id }, reader.as())
    expect(statements.map(({ amount }) => `${amount?.amount} ${amount?.currencyCode}`).toSorted()).toEqual([
      '30.00 USD',
      '750.00 EUR',
    ])
  })
})

describe('a day without a plan', () => {
  test('its payments wait, what is taken back of them is gone, and the plan that comes rates the rest', async () => {
    const seller = sellerIn(ROOT, NORTH)
    const [one] = await orders.collect(
      { by: seller, net: '1000', on: '2016-11-15', paymentNo: 'PAY-1' },
      { by: seller, net: '2000', on: '2016-12-15', paymentNo: 'PAY-2' },
      { by: seller, net: '4000', on: '2016-05-15', paymentNo: 'PAY-3' },
    )
    await drained()
    await orders.takeBack(one!, '400', '2016-12-01')
    expect(await linesOf(seller.id)).toEqual([])
    await inForce(stage, agents('2016-10-01', [['0', '0.1']]))
    expect(await statementsOf(seller.id)).toMatchObject([
      { period: '2016-Q4', basis: '2600.00', amount: '260.00', lines: 2 },
    ])
  })
})
