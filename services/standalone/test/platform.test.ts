import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { OpportunityService } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { CompanyService } from '@saleswright/contracts/saleswright/organization/v1/company_pb.ts'
import { ReportService } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { describeOn, type EngineProvider, engineProviders } from '@saleswright/testing/engines'
import { expect, test } from 'vitest'
import { startPlatform } from './platform.ts'

const tests = (start: EngineProvider['start']): void => {
  test('what one service was told is in the figures of another, dated by the clock', async () => {
    const points = new Set<string>()
    const platform = await startPlatform({
      start,
      clock: { now: () => new Date('2026-03-01T18:00:00Z') },
      failPoint: async (context, name) => void points.add(`${context} ${name}`),
    })
    const { customerId } = await platform
      .client(CustomerService)
      .createCustomer({ name: '青松机械设备有限公司' }, await platform.administrator())
    const expectedValue = { currencyCode: 'CNY', amount: '1200.00' }
    const opportunity = await platform
      .client(OpportunityService)
      .createOpportunity({ title: '水泵项目', customerId, expectedValue }, await platform.administrator())
    // In Shanghai it is the second already.
    expect(opportunity.businessDate).toBe('2026-03-02')
    await platform.drained()
    const report = { report: 'pipeline', groupBy: 'stage' }
    const { totals } = await platform.client(ReportService).getReport(report, await platform.administrator())
    expect(totals).toMatchObject([{ counts: { count: 1n } }])
    expect([...points].filter((point) => point.startsWith('customers '))).not.toEqual([])
  })

  test('an empty one has no company', async () => {
    const { client, secrets } = await startPlatform({ start, empty: true })
    const administrator = { accountName: 'first', displayName: '管理员', password: 'eleven green bottles' }
    const setup = { companyName: '甲', currencyCode: 'CNY', timeZone: 'Asia/Shanghai', administrator }
    const company = await client(CompanyService).setup({ ...setup, setupToken: secrets.setupToken })
    expect(company).toMatchObject({ name: '甲' })
  })
}

for (const provider of await engineProviders()) describeOn(provider, 'the whole platform', tests)
