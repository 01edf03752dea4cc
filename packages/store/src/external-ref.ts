import { type Aggregate, type AppError, companyScope, conflict, type ExternalRef } from '@saleswright/kernel'
import type { Schema } from 'mongoose'
import type { Filter } from './mapping.ts'
import type { Repository, Tx } from './record-port.ts'

/** How a reference lies in a document. */
export const EXTERNAL_REF_FIELD = { type: { _id: false, system: String, id: String }, required: false }

/** The name of the index → the code for two that came at the same moment. */
export const EXTERNAL_REF_UNIQUE = { external_ref: 'external_ref_exists' }

/** Keeps two records of a company from having one reference, and finds records by the id alone. */
export const indexExternalRef = (schema: Schema): Schema =>
  schema.index(
    { companyId: 1, 'externalRef.id': 1, 'externalRef.system': 1 },
    { name: 'external_ref', unique: true, partialFilterExpression: { 'externalRef.id': { $exists: true } } },
  )

const refFilter = ({ system, id }: ExternalRef): Filter => ({ 'externalRef.system': system, 'externalRef.id': id })

/** The record of a company that has a reference. */
export const findByRef = async <T extends Aggregate>(
  tx: Tx,
  records: Repository<T>,
  companyId: string,
  ref: ExternalRef,
): Promise<T | undefined> => {
  const [known] = await tx.findBy(records, companyScope(companyId), refFilter(ref), { limit: 1 })
  return known
}

/** Names the record that has the reference: an import goes on with it. */
export const refExists = ({ system, id: externalId }: ExternalRef, { id }: Aggregate): AppError =>
  conflict('external_ref_exists', { system, externalId, id })

/** Refuses a reference that a record of the company has already. */
export const refuseKnownRef = async <T extends Aggregate>(
  tx: Tx,
  records: Repository<T>,
  companyId: string,
  ref: ExternalRef | undefined,
): Promise<void> => {
  const known = ref && (await tx.findHolder(records, companyScope(companyId), refFilter(ref)))
  if (ref && known) throw refExists(ref, known)
}
