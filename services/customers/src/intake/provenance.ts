import { type Actor, type ExternalRef, expectMigration, readExternalRef } from '@saleswright/kernel'
import { EXTERNAL_REF_FIELD } from '@saleswright/store'

/** Where a record comes from. What a migration brought says so, and may say for whom and from which system (decisions 14, 43). */
export type Provenance = {
  readonly origin: 'entered' | 'migrated'
  readonly recordedFor?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

type Told = { readonly recordedFor?: string | undefined; readonly externalRef?: ExternalRef | undefined }

/** Refuses `migration_needed` where a caller without that permission says whose or where from a record is. */
export const provenanceOf = (actor: Actor, { recordedFor, externalRef }: Told): Provenance => {
  if (recordedFor === undefined && externalRef === undefined) return { origin: 'entered' }
  expectMigration(actor)
  return { origin: 'migrated', recordedFor, ...readExternalRef(actor, externalRef) }
}

/** How it lies in a document. */
export const provenanceFields = {
  origin: { type: String, required: true },
  recordedFor: String,
  externalRef: EXTERNAL_REF_FIELD,
}
