import { isDeepStrictEqual } from 'node:util'
import { type Aggregate, companyScope, conflict, type Decision } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Repository, Tx } from '@saleswright/store'
import type { Schema } from 'mongoose'
import { expectPermission } from './reach.ts'

/** Where a migrated record comes from: unique within its company. */
type ExternalRef = { readonly system: string; readonly id: string }

export const EXTERNAL_REF_FIELD = { type: { system: String, id: String, _id: false }, default: undefined }

/** The index that keeps two records from having one origin. */
export const indexExternalRef = (schema: Schema): Schema =>
  schema.index(
    { companyId: 1, 'externalRef.system': 1, 'externalRef.id': 1 },
    { name: 'external_ref', unique: true, partialFilterExpression: { 'externalRef.id': { $exists: true } } },
  )
export const EXTERNAL_REF_UNIQUE = { external_ref: 'external_ref_exists' }

/** Only a migration says where a record comes from. */
export const readExternalRef = (call: Call, given: ExternalRef | undefined): { externalRef?: ExternalRef } => {
  if (!given) return {}
  expectPermission(call, 'migration', 'migration_needed')
  return { externalRef: { system: given.system, id: given.id } }
}

type Referenced = Aggregate & { readonly externalRef?: ExternalRef | undefined }

/** The record of the same origin, if there is one: with the same facts it is the answer, with others a conflict. */
export const knownBy = async <T extends Referenced>(
  tx: Tx,
  repository: Repository<T>,
  next: T,
  factsOf: (record: T) => unknown,
): Promise<T | undefined> => {
  const { externalRef, companyId } = next
  if (!externalRef) return undefined
  const { system, id } = externalRef
  const sameOrigin = { 'externalRef.system': system, 'externalRef.id': id }
  const [known] = await tx.findBy(repository, companyScope(companyId), sameOrigin)
  if (known && !isDeepStrictEqual(factsOf(known), factsOf(next))) {
    throw conflict('external_ref_exists', { id: known.id, system, externalId: id })
  }
  return known
}

/** Stores a new record, unless the very same came from the same origin before. */
export const saveNew = async <T extends Referenced>(
  tx: Tx,
  repository: Repository<T>,
  decision: Decision<T>,
  factsOf: (record: T) => unknown,
): Promise<T> => (await knownBy(tx, repository, decision.next, factsOf)) ?? tx.save(repository, decision)
