import type { Profile } from '../run.ts'
import { stock } from './catalog.ts'
import { check } from './check.ts'
import { keepCustomers } from './customers.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'
import { setGoals } from './goals.ts'
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
  check,
  async run(run) {
    const { firstDay } = await survey(run)
    const { agents, directorId } = await organise(run, firstDay)
    const products = await stock(run, firstDay)
    const customers = await keepCustomers(run)
    if (agents.size > 0) await setGoals(run, agents, firstDay)
    await followPipeline(run, { agents, products, customers, directorId })
  },
}
