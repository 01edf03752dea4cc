import { instant } from '@saleswright/contracts'
import { expect, test } from 'vitest'
import { aSalesCompany } from './sales-company.ts'

test('cases are listed as they came, newest first, though their ids tell nothing of that', async () => {
  const { approvals, rule, need, as, titles, seller } = await aSalesCompany()
  await rule(titles.manager)
  const newestFirst: string[] = []
  for (let n = 0; n < 6; n++) {
    const neededAt = instant(new Date(Date.UTC(2026, 2, 2, 2, 0, n)))
    newestFirst.unshift(await need(seller, '900.00', { subject: `orders/${n}`, neededAt }))
  }
  const listed = async (who: string, request: { waitingForMe?: boolean; orderBy?: string }) =>
    (await approvals.listApprovals(request, await as(who))).approvals.map(({ approvalId }) => approvalId)
  expect(await listed('manager', { waitingForMe: true })).toEqual(newestFirst)
  expect(await listed('root', {})).toEqual(newestFirst)
  expect(await listed('root', { orderBy: 'neededAt' })).toEqual(newestFirst.toReversed())
})
