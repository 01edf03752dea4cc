import { eachRow, isOfRow, stepFor } from '../each-row.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { accountRows, accountsIn } from './accounts.ts'
import { ACCOUNTS, ref } from './files.ts'
import { once } from './once.ts'

/** Customers by the names of their accounts, each parent before its subsidiaries wherever it stands in the file. */
export const keepCustomers = async (run: Run): Promise<ReadonlyMap<string, string>> => {
  const customers = new Map<string, string>()
  const known = await accountsIn(run)
  const rows = accountRows(run, known)

  const keep = once(async (name: string): Promise<string> => {
    const { parent, facts } = known.get(name) ?? { facts: {} }
    const parentCustomerId = parent === undefined ? undefined : await parentOf(parent)
    const request = {
      name,
      ...facts,
      externalRef: ref('account', name),
      ...(parentCustomerId !== undefined && { parentCustomerId }),
    }
    const { customerId } = await stepFor(
      run,
      [ACCOUNTS, name],
      rows.columns,
    )('create', (options) => run.calls.customers.createCustomer(request, options))
    customers.set(name, customerId)
    return customerId
  })
  const parentOf = (name: string): Promise<string> =>
    keep(name).catch((error: unknown) => {
      if (!isOfRow(error)) throw error
      return reject('subsidiary_of', name, 'import_refers_nowhere', { file: ACCOUNTS })
    })
  await eachRow(run, rows, async ({ name }) => ({ ids: [await keep(name)] }))
  return customers
}
