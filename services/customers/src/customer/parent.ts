import { type Aggregate, companyScope, conflict, notFound } from '@saleswright/kernel'
import type { Mapping, Repository, Tx } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Customer } from './customer.ts'

/** One for each company; it rises when a customer gets another parent, so that two such changes cannot pass each other. */
export type Family = Aggregate & { readonly changes: number }

export const familyMapping: Mapping<Family> = {
  name: 'customer_family',
  collection: 'customer_families',
  schema: new Schema({ changes: { type: Number, required: true } }, { versionKey: false, strict: 'throw' }),
  version: 1,
  document: ({ changes }) => ({ changes }),
  record: (document) => ({ changes: (document as unknown as Family).changes }),
  reaches: [],
}

/** Any company on file may be named as a parent, whoever looks after it. */
export const expectParent = async (
  customers: Repository<Customer>,
  tx: Tx,
  companyId: string,
  parentId: string,
): Promise<Customer> => {
  const parent = await tx.find(customers, companyScope(companyId), parentId)
  if (!parent) throw notFound('parent_customer', parentId)
  return parent
}

/** Walks up from the new parent: `customer_cycle` where the way comes back to the customer. A new customer needs no walk. */
export const adopt = async (
  { customers, families }: { readonly customers: Repository<Customer>; readonly families: Repository<Family> },
  tx: Tx,
  { id, companyId }: Customer,
  parentId: string,
): Promise<void> => {
  for (let above: string | undefined = parentId; above !== undefined; ) {
    if (above === id) throw conflict('customer_cycle', { parentId })
    above = (await expectParent(customers, tx, companyId, above)).parentId
  }
  const family = await tx.find(families, companyScope(companyId), companyId)
  const { version, changes } = family ?? { version: 0, changes: 0 }
  tx.put(families, { id: companyId, companyId, version, changes: changes + 1 })
}
