import { type Aggregate, companyKey, companyScope, derivedId } from '@saleswright/kernel'
import type { Mapping, Repository, Tx } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type Customer, expectNew } from './customer.ts'

/** One for each name of a company's customers; it rises with each file of the name, so that two of them cannot pass each other. */
export type NameClaim = Aggregate & { readonly changes: number }

export const nameClaimMapping: Mapping<NameClaim> = {
  name: 'customer_name',
  collection: 'customer_names',
  schema: new Schema({ changes: { type: Number, required: true } }, { versionKey: false, strict: 'throw' }),
  version: 1,
  document: ({ changes }) => ({ changes }),
  record: (document) => ({ changes: (document as unknown as NameClaim).changes }),
  reaches: [],
}

type Books = { readonly customers: Repository<Customer>; readonly names: Repository<NameClaim> }

/** Takes a name for a file, or refuses `customer_exists`. */
export const claimName = async ({ customers, names }: Books, tx: Tx, customer: Customer): Promise<void> => {
  const { companyId, name } = customer
  const company = companyScope(companyId)
  const key = companyKey(name)
  const id = derivedId('customer-name', companyId, key)
  const [claim, sameName] = await Promise.all([
    tx.find(names, company, id),
    tx.findBy(customers, company, { nameKey: key }),
  ])
  expectNew(customer, sameName)
  const { version, changes } = claim ?? { version: 0, changes: 0 }
  tx.put(names, { id, companyId, version, changes: changes + 1 })
}
