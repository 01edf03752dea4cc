import { expect, test } from 'vitest'
import { agents, inForce } from './records.ts'
import { everything, NORTH, openStage, ROOT, sellerIn } from './stage.ts'

const stage = await openStage()
const { orders, commission, someone, drained, pass } = stage
await inForce(stage, agents('2017-01-01'))
const reader = await someone(everything('company'))
const [seller, colleague] = [sellerIn(ROOT, NORTH), sellerIn(ROOT, NORTH)]
const paid = (on: string, paymentNo: string, by = seller) => orders.collect({ by, net: '30000', on, paymentNo })

const everyPage = async (query: object, who = reader) => {
  const lines: { paymentNo: string; allocatedOn: string }[] = []
  let pageToken = ''
  do {
    const page = await commission.listCommissionLines({ pageSize: 2, ...query, pageToken }, who.as())
    lines.push(...page.commissionLines)
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return lines.map(({ allocatedOn, paymentNo }) => `${allocatedOn} ${paymentNo}`)
}

// Told in no order of time, and each as it comes, so that late ones move others into other tiers.
for (const [on, paymentNo, by] of [
  ['2017-02-01', 'PAY-2'],
  ['2017-05-01', 'PAY-5'],
  ['2017-03-01', 'PAY-4', colleague],
  ['2017-03-01', 'PAY-3'],
  ['2017-01-15', 'PAY-1'],
] as const) {
  await paid(on, paymentNo, by)
  await drained()
  pass(1)
}
const NEWEST_FIRST = [
  '2017-05-01 PAY-5',
  '2017-03-01 PAY-4',
  // What PAY-1 moved: the adjustment before the line that it corrects.
  '2017-03-01 PAY-3',
  '2017-03-01 PAY-3',
  '2017-02-01 PAY-2',
  '2017-01-15 PAY-1',
]

test('commission lines come by day, payment and line, the newest first, over all pages and for every reach', async () => {
  expect(await everyPage({})).toEqual(NEWEST_FIRST)
  expect(await everyPage({ orderBy: 'allocatedOn' })).toEqual(NEWEST_FIRST.toReversed())
  const own = NEWEST_FIRST.filter((line) => !line.endsWith('PAY-4'))
  expect(await everyPage({ personId: seller.id })).toEqual(own)
  expect(await everyPage({}, await someone(everything('self'), seller))).toEqual(own)
  expect(await everyPage({ period: '2017-Q1' })).toEqual(NEWEST_FIRST.slice(1))
  const north = { ...sellerIn(ROOT, NORTH), id: reader.id }
  expect(await everyPage({}, await someone(everything('subtree'), north))).toEqual(NEWEST_FIRST)
})

test('a correction stands before what it corrects', async () => {
  const { commissionLines } = await commission.listCommissionLines({ personId: seller.id }, reader.as())
  const [correction, corrected] = commissionLines.filter(({ paymentNo }) => paymentNo === 'PAY-3')
  expect(correction?.correctsId).toBe(corrected?.commissionLineId)
})

test('statements come by period, the newest first', async () => {
  const { statements } = await commission.listStatements({ personId: seller.id }, reader.as())
  expect(statements.map(({ period }) => period)).toEqual(['2017-Q2', '2017-Q1'])
})
