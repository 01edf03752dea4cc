import type { Actor } from './actor.ts'
import { forbidden } from './app-error.ts'

/** Where a migrated record comes from: one of a system and id in a company (decisions 43). */
export type ExternalRef = { readonly system: string; readonly id: string }

/** A migration writes for everybody: whoever has the permission for less than the company has it for nothing. */
export const mayMigrate = ({ grants }: Actor): boolean => grants.get('migration') === 'company'

/** Refuses `migration_needed` from who may not bring in old records. */
export const expectMigration = (actor: Actor): void => {
  if (!mayMigrate(actor)) throw forbidden('migration_needed', { permission: 'migration' })
}

/** A reference as a request brings it; only a migration brings one. */
export const readExternalRef = (
  actor: Actor,
  given: ExternalRef | undefined,
): { readonly externalRef?: ExternalRef } => {
  if (!given) return {}
  expectMigration(actor)
  return { externalRef: { system: given.system, id: given.id } }
}
