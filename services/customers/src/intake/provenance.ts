import { type Actor, forbidden } from '@saleswright/kernel'

type ExternalRef = { readonly system: string; readonly id: string }

/** Where a record comes from. What a migration brought says so, and may say for whom and from which system (decisions 14, 43). */
export type Provenance = {
  readonly origin: 'entered' | 'migrated'
  readonly recordedFor?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

type Told = { readonly recordedFor?: string | undefined; readonly externalRef?: ExternalRef | undefined }

export const mayMigrate = ({ grants }: Actor): boolean => grants.has('migration')

/** Refuses `migration_needed` where a caller without that permission says whose or where from a record is. */
export const provenanceOf = (actor: Actor, { recordedFor, externalRef }: Told): Provenance => {
  if (recordedFor === undefined && externalRef === undefined) return { origin: 'entered' }
  if (!mayMigrate(actor)) throw forbidden('migration_needed')
  return {
    origin: 'migrated',
    recordedFor,
    externalRef: externalRef && { system: externalRef.system, id: externalRef.id },
  }
}
