import { type Aggregate, companyScope, conflict } from '@saleswright/kernel'
import type { Repository, Tx } from '@saleswright/store'
import type { Schema } from 'mongoose'
import type { Provenance } from './provenance.ts'

type Referred = Aggregate & Provenance

/** Refuses a reference that a record of this company has already, and names that record: an import goes on with it. */
export const expectNewRef = async <T extends Referred>(
  tx: Tx,
  records: Repository<T>,
  next: Referred,
): Promise<void> => {
  const { externalRef: ref, companyId } = next
  if (!ref) return
  const filter = { 'externalRef.system': ref.system, 'externalRef.id': ref.id }
  const [known] = await tx.findBy(records, companyScope(companyId), filter, { limit: 1 })
  if (known) throw conflict('external_ref_exists', { system: ref.system, externalId: ref.id, id: known.id })
}

/** How provenance lies in a document. */
export const provenanceFields = {
  origin: { type: String, required: true },
  recordedFor: String,
  externalRef: { type: { _id: false, system: String, id: String }, required: false },
}

/** The index's name → the code for two that came at the same moment. */
export const REF_UNIQUE = { external_ref: 'external_ref_exists' }

export const indexRefs = (schema: Schema): void => {
  schema.index(
    { companyId: 1, 'externalRef.id': 1, 'externalRef.system': 1 },
    { name: 'external_ref', unique: true, partialFilterExpression: { 'externalRef.id': { $exists: true } } },
  )
}
