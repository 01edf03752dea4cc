import { companyKey } from '@saleswright/kernel'
import type { Row } from '../csv-rows.ts'
import { decisions, type Kind } from '../each-row.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { tallyOf } from '../tally.ts'
import { countIn, moneyIn, needed, optional } from './cells.ts'
import { ACCOUNTS } from './files.ts'
import { meant } from './mapped.ts'

/** Revenue is counted in millions. */
const MILLIONS = 6
/** No group of companies is deeper. */
const DEEPEST = 50

/** A row of the accounts, with its parent by name. */
export type Account = { readonly name: string; readonly parent?: string; readonly facts: ReturnType<typeof factsOf> }

export const accountRows = (run: Pick<Run, 'tally'>, known?: ReadonlyMap<string, Account>): Kind<Account> => ({
  file: ACCOUNTS,
  key: 'account',
  same: companyKey,
  parallel: 16,
  columns: {
    '': 'account',
    name: 'account',
    externalRef: 'account',
    sector: 'sector',
    region: 'office_location',
    yearEstablished: 'year_established',
    employees: 'employees',
    annualRevenue: 'revenue',
    parentCustomerId: 'subsidiary_of',
  },
  decide: (row) => {
    const parent = optional(row, 'subsidiary_of')
    const account = { name: needed(row, 'account'), facts: factsOf(run, row), ...(parent !== undefined && { parent }) }
    if (known && parent !== undefined) checkParents(known, account.name, parent)
    return account
  },
})

/** Every account that can be taken by what stands in its own row: a subsidiary may stand before its parent. */
export const accountsIn = async (run: Run): Promise<ReadonlyMap<string, Account>> => {
  const accounts = new Map<string, Account>()
  for await (const { facts } of decisions(run, accountRows({ tally: tallyOf() }))) {
    if (facts) accounts.set(facts.name, facts)
  }
  return accounts
}

/** Refuses a parent that is not there, or that belongs to its own subsidiary. */
export const checkParents = (
  known: ReadonlyMap<string, Pick<Account, 'parent'>>,
  account: string,
  parent: string,
): void => {
  const seen = new Set([account])
  for (let above: string | undefined = parent; above !== undefined; above = known.get(above)?.parent) {
    // What is wrong with the parent's own parent is told with its row.
    if (!known.has(above) && seen.size > 1) return
    if (!known.has(above)) reject('subsidiary_of', parent, 'import_refers_nowhere', { file: ACCOUNTS })
    if (seen.has(above)) reject('subsidiary_of', parent, 'import_own_subsidiary')
    if (seen.size > DEEPEST) reject('subsidiary_of', parent, 'import_too_deep', { levels: String(DEEPEST) })
    seen.add(above)
  }
}

const factsOf = (run: Pick<Run, 'tally'>, row: Row) => {
  const [sector, region] = ['sector', 'office_location'].map((column) => meant(run, ACCOUNTS, row, column))
  const [yearEstablished, employees] = ['year_established', 'employees'].map((column) => countIn(row, column))
  return {
    ...(sector && { sector }),
    ...(region && { region }),
    ...(yearEstablished !== undefined && { yearEstablished }),
    ...(employees !== undefined && { employees }),
    ...(optional(row, 'revenue') && { annualRevenue: moneyIn(row, 'revenue', MILLIONS) }),
  }
}
