import { type Aggregate, companyScope, derivedId } from '@saleswright/kernel'
import { type PlainMapping, plain, type Repository, type Tx } from '@saleswright/store'
import { Schema } from 'mongoose'

/**
 * What two changes must not do at the same time although each writes records of its own: each counts up here, so that the second one
 * finds itself overtaken, reads again and decides anew.
 */
type Guard = Aggregate & { readonly turn: number }

export const guardMapping: PlainMapping<Guard> = {
  ...plain<Guard>(),
  name: 'guard',
  collection: 'guards',
  schema: new Schema({ turn: { type: Number, required: true } }, { _id: false }),
  version: 1,
  reaches: [],
}

/** One at a time per company and name: "tree", "position/<id>". */
export const takeTurn = async (tx: Tx, guards: Repository<Guard>, companyId: string, name: string): Promise<void> => {
  const id = derivedId('guard', companyId, name)
  const guard = (await tx.find(guards, companyScope(companyId), id)) ?? { id, companyId, version: 0, turn: 0 }
  tx.put(guards, { ...guard, turn: guard.turn + 1 })
}
