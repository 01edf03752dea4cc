import type { Row } from '../csv-rows.ts'
import { eachRow } from '../each-row.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { accountParents, parentFault } from './accounts.ts'
import { priced } from './catalog.ts'
import { needed } from './cells.ts'
import { factsOf } from './customers.ts'
import { dealIn } from './deal.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'
import { survey } from './survey.ts'

/** Goes through the files as an import would, with names instead of ids. */
export const check = async (run: Run): Promise<void> => {
  await survey(run)
  const agents = new Map<string, { readonly personId: string; readonly managerId: string }>()
  const products = new Set<string>()
  const customers = new Map<string, string>()
  const each = (file: string, column: string, take: (row: Row) => void): Promise<void> =>
    eachRow(run, { file, key: ({ cells }) => cells[column] ?? '', parallel: 1 }, async (row) => {
      take(row)
      return { ids: [] }
    })
  await each(TEAMS, 'sales_agent', (row) => {
    const [name, managerId] = [needed(row, 'sales_agent'), needed(row, 'manager')]
    needed(row, 'regional_office')
    agents.set(name, { personId: name, managerId })
  })
  await each(PRODUCTS, 'product', (row) => products.add(priced(row).name))
  const parents = await accountParents(run)
  await each(ACCOUNTS, 'account', (row) => {
    const name = needed(row, 'account')
    factsOf(run, row)
    const fault = parentFault(parents, name)
    if (fault) reject('subsidiary_of', parents.get(name) ?? '', fault)
    customers.set(name, name)
  })
  await each(PIPELINE, 'opportunity_id', (row) => dealIn(run, { agents, products, customers }, row))
}
