import type { Row } from '../csv-rows.ts'
import { eachRow } from '../each-row.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { accountParents, parentFault } from './accounts.ts'
import { countIn, moneyIn, needed, optional } from './cells.ts'
import { ACCOUNTS, ref } from './files.ts'
import { meant } from './mapped.ts'

/** Revenue is counted in millions. */
const MILLIONS = 6

/** Customers by the names of their accounts, each parent before its subsidiaries wherever it stands in the file. */
export const keepCustomers = async (run: Run): Promise<ReadonlyMap<string, string>> => {
  const customers = new Map<string, string>()
  const waiting = new Map<string, PromiseWithResolvers<string | undefined>>()
  const place = (name: string) => {
    const known = waiting.get(name) ?? Promise.withResolvers<string | undefined>()
    waiting.set(name, known)
    return known
  }
  const parents = await accountParents(run)

  const parentOf = async (row: Row): Promise<string | undefined> => {
    const name = optional(row, 'subsidiary_of')
    if (name === undefined) return undefined
    const fault = parentFault(parents, row.cells.account ?? '')
    if (fault) return reject('subsidiary_of', name, fault)
    return (await place(name).promise) ?? reject('subsidiary_of', name, 'this account was not taken')
  }
  const file = { file: ACCOUNTS, key: ({ cells }: Row) => cells.account ?? '', parallel: parents.size + 1 }
  await eachRow(run, file, async (row, step) => {
    const name = needed(row, 'account')
    try {
      const facts = factsOf(run, row)
      const parentCustomerId = await parentOf(row)
      const request = {
        name,
        ...facts,
        externalRef: ref('account', name),
        ...(parentCustomerId && { parentCustomerId }),
      }
      const { customerId } = await step('create', (options) => run.calls.customers.createCustomer(request, options))
      customers.set(name, customerId)
      return { ids: [customerId] }
    } finally {
      place(name).resolve(customers.get(name))
    }
  })
  return customers
}

export const factsOf = (run: Run, row: Row) => {
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
