import { isDeepStrictEqual } from 'node:util'
import type { Aggregate, Decision, ExternalRef } from '@saleswright/kernel'
import { findByRef, type Repository, refExists, type Tx } from '@saleswright/store'

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
  const known = await findByRef(tx, repository, companyId, externalRef)
  if (known && !isDeepStrictEqual(factsOf(known), factsOf(next))) throw refExists(externalRef, known)
  return known
}

/** Stores a new record, unless the very same came from the same origin before. */
export const saveNew = async <T extends Referenced>(
  tx: Tx,
  repository: Repository<T>,
  decision: Decision<T>,
  factsOf: (record: T) => unknown,
): Promise<T> => (await knownBy(tx, repository, decision.next, factsOf)) ?? tx.save(repository, decision)
