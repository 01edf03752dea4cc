import type { Desk } from '../desk.ts'
import { collectionOf } from '../reading/rows.ts'
import type { Awaited } from './log-scan.ts'

type Reached = { readonly _id: string; readonly upTo: number }

/** Which of these facts are in their rows by now. */
export const appliedOf = async (
  { store }: Pick<Desk, 'store'>,
  awaited: readonly Awaited[],
): Promise<readonly string[]> => {
  const byModel = [...Map.groupBy(awaited, ({ model }) => model)]
  const found = byModel.map(async ([{ mapping }, those]) => {
    const ids = [...new Set(those.map(({ rowId }) => rowId))]
    const rows = await collectionOf(store, mapping)
      .find({ _id: { $in: ids } }, { projection: { upTo: 1 }, readConcern: 'majority' })
      .toArray()
    const reached = new Map((rows as unknown as readonly Reached[]).map(({ _id, upTo }) => [_id, upTo]))
    return those.filter(({ rowId, upTo }) => (reached.get(rowId) ?? 0) >= upTo).map(({ eventId }) => eventId)
  })
  return (await Promise.all(found)).flat()
}
