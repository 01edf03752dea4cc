import { companyScope } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { contentOfRow } from '../rows/content.ts'
import { keyOf, type Model } from '../rows/model.ts'
import { digesting, everyRow } from './digest.ts'
import { isOf, type Share } from './share.ts'

/** A row that is not as the logs have it, or not there, or of which the logs do not tell. */
type Difference = { readonly model: Model; readonly id: string; readonly companyId: string }

type Compared = { readonly differences: readonly Difference[]; readonly digest: string }

const modelsByCollection = (desk: Desk): ReadonlyMap<string, Model> =>
  new Map(desk.tables.map(({ model }) => [model.mapping.collection, model]))

/** Walks all rows once. Nothing is held of those that are as they should be but their keys. */
export const compare = async (desk: Desk, share: Share, signal: AbortSignal): Promise<Compared> => {
  const { add, digest } = digesting()
  const differences: Difference[] = []
  const missing = new Set(share.rows.keys())
  for await (const found of everyRow(desk.store)) {
    signal.throwIfAborted()
    add(found)
    const { model, document, content } = found
    if (!isOf(share, document._id)) continue
    const key = keyOf(model, document._id)
    missing.delete(key)
    const row = share.rows.get(key)
    const isRight = row !== undefined && contentOfRow(row) === content
    if (!isRight) differences.push({ model, id: document._id, companyId: String(document.companyId) })
  }
  const models = modelsByCollection(desk)
  for (const key of missing) {
    const [model, row] = [models.get(key.slice(0, key.indexOf('/'))), share.rows.get(key)]
    if (model && row) differences.push({ model, id: row.id, companyId: row.companyId })
  }
  return { differences: differences.filter(({ model, id }) => !share.blocked.has(keyOf(model, id))), digest: digest() }
}

const BATCH = 200

const settleBatch = (desk: Desk, share: Share, batch: readonly Difference[], isRead: boolean) =>
  desk.store.transact(desk.cause(), async (tx) => {
    const [{ model, companyId } = { model: undefined, companyId: '' }] = batch
    if (!model) return []
    const { rows } = desk.tableOf(model)
    const found = await tx.findBy(rows, companyScope(companyId), { _id: { $in: batch.map(({ id }) => id) } })
    const live = new Map(found.map((row) => [row.id, row]))
    return batch.filter(({ id }) => {
      const [now, right] = [live.get(id), share.rows.get(keyOf(model, id))]
      if (!right) {
        if (now && isRead) tx.remove(rows, now)
        return now !== undefined && !isRead
      }
      if (now && now.upTo > right.upTo) return true
      tx.put(rows, { ...right, version: now?.version ?? 0 })
      return false
    })
  })

/**
 * Puts rows as the logs have them in the place of those that differ, under the guard under which events are applied. Gives those
 * of which it is not known yet what is right: they were changed by an event behind what was read of the logs, or are of a record
 * whose events were not read. Only when the logs were read once more since (`isRead`), a row that no event tells of is taken away.
 */
export const settle = async (
  desk: Desk,
  share: Share,
  differences: readonly Difference[],
  isRead: boolean,
): Promise<readonly Difference[]> => {
  const left: Difference[] = []
  const groups = Map.groupBy(differences, ({ model, companyId }) => keyOf(model, companyId))
  for (const group of groups.values()) {
    for (let from = 0; from < group.length; from += BATCH) {
      left.push(...(await settleBatch(desk, share, group.slice(from, from + BATCH), isRead)))
    }
  }
  return left
}
