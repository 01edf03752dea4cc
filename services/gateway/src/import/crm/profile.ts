import { ofFile } from '../each-row.ts'
import type { Profile } from '../run.ts'
import { stock } from './catalog.ts'
import { keepCustomers } from './customers.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'
import { found, homeOf } from './found.ts'
import { setGoals } from './goals.ts'
import { NEEDS } from './needs.ts'
import { organise } from './organisation.ts'
import { followPipeline } from './pipeline.ts'
import { survey } from './survey.ts'

/** The public CRM sales opportunities (decisions 41): four files, as they are. */
export const crm: Profile = {
  name: 'crm',
  files: [TEAMS, PRODUCTS, ACCOUNTS, PIPELINE],
  columns: {
    [TEAMS]: ['sales_agent', 'manager', 'regional_office'],
    [PRODUCTS]: ['product', 'series', 'sales_price'],
    [ACCOUNTS]: ['account', 'sector', 'year_established', 'revenue', 'employees', 'office_location', 'subsidiary_of'],
    [PIPELINE]: [
      'opportunity_id',
      'sales_agent',
      'product',
      'account',
      'deal_stage',
      'engage_date',
      'close_date',
      'close_value',
    ],
  },
  needs: NEEDS,
  async run(run) {
    const { rootUnitId, today } = await homeOf(run)
    const from = await run.beginning(await survey(run, today))
    const founded = await found(run, rootUnitId, from)
    const agents = await organise(run, { ...founded, from })
    const products = await stock(run, from)
    const customers = await keepCustomers(run)
    if (agents.size > 0) await ofFile(run, TEAMS, () => setGoals(run, agents, from))
    await followPipeline(run, { agents, products, customers, today, directorId: founded.directorId })
  },
}
