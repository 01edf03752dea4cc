import { companyScope } from '@saleswright/kernel'
import type { Desk, Table } from '../desk.ts'
import { contentOf, type Document } from '../rows/content.ts'
import type { Row } from '../rows/row.ts'
import { sortedDocuments } from './digest.ts'

/** A row that is not the same in both places. */
export type Difference = { readonly table: Table; readonly id: string; readonly companyId: string }

const differs = (live: Document | undefined, staged: Document | undefined): boolean =>
  live === undefined || staged === undefined || contentOf(live) !== contentOf(staged)

/** Walks both collections side by side. */
export async function* differencesIn({ store }: Desk, table: Table): AsyncGenerator<Difference> {
  const [lives, stageds] = [
    sortedDocuments(store, table.model.mapping),
    sortedDocuments(store, table.model.staged),
  ] as const
  let [live, staged] = [await lives.next(), await stageds.next()]
  while (!live.done || !staged.done) {
    const [left, right]: readonly (Document | undefined)[] = [live.value, staged.value]
    const id = [left, right].flatMap((document) => (document ? [document._id] : [])).toSorted()[0] ?? ''
    const [mine, theirs] = [left?._id === id ? left : undefined, right?._id === id ? right : undefined]
    if (differs(mine, theirs)) yield { table, id, companyId: String((mine ?? theirs)?.companyId) }
    if (mine) live = await lives.next()
    if (theirs) staged = await stageds.next()
  }
}

/**
 * Puts the row that was put together in the place of the one that counts. False while it is not known which is right: the row was
 * changed by an event that came after what was read of the logs, or is of a record whose events were not read. Only when
 * the logs were read once more since (`isRead`), a row that no event tells of is taken away.
 */
export const settle = async (desk: Desk, { table, id, companyId }: Difference, isRead: boolean): Promise<boolean> => {
  const scope = companyScope(companyId)
  const staged = await table.staged.find(scope, id)
  return desk.store.transact(desk.cause(), async (tx) => {
    const live: Row | undefined = await tx.find(table.live, scope, id)
    if (!staged) {
      if (live && isRead) tx.remove(table.live, live)
      return !live || isRead
    }
    if (live && live.upTo > staged.upTo) return false
    tx.put(table.live, { ...staged, version: live?.version ?? 0 })
    return true
  })
}
