import { type Actor, type Aggregate, companyScope, conflict, forbidden } from '@saleswright/kernel'
import type { Repository, Tx } from '@saleswright/store'
import type { IndexDefinition, IndexOptions } from 'mongoose'

/** Where a migrated document comes from; one of a system and id in a company (decisions 43). */
export type ExternalRef = { readonly system: string; readonly id: string }

export const EXTERNAL_REF_INDEX: [IndexDefinition, IndexOptions] = [
  { companyId: 1, 'externalRef.id': 1, 'externalRef.system': 1 },
  { name: 'external_ref', unique: true, partialFilterExpression: { 'externalRef.id': { $exists: true } } },
]
export const EXTERNAL_REF_TAKEN = { external_ref: 'external_ref_exists' }

/** As the request brings it, for those who may migrate. */
export const readExternalRef = (
  { grants }: Actor,
  given: ExternalRef | undefined,
): { readonly externalRef?: ExternalRef } => {
  if (!given) return {}
  if (!grants.has('migration')) throw forbidden('migration_needed', { permission: 'migration' })
  return { externalRef: { system: given.system, id: given.id } }
}

/** Names the record that has the reference already, so that an import can go on with it. */
export const refuseKnownRef = async <T extends Aggregate>(
  tx: Tx,
  repository: Repository<T>,
  companyId: string,
  ref: ExternalRef | undefined,
): Promise<void> => {
  if (!ref) return
  const [found] = await tx.findBy(repository, companyScope(companyId), {
    'externalRef.system': ref.system,
    'externalRef.id': ref.id,
  })
  if (found) throw conflict('external_ref_exists', { system: ref.system, externalId: ref.id, id: found.id })
}
