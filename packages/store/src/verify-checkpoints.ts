import type { AuditFault, Checkpoint, Seal } from './event-log-port.ts'
import type { Numbered } from './numbered.ts'
import { checkpointHash } from './position-writes.ts'
import type { Row } from './rows.ts'

/** The checkpoints, and what the numbering says of the last of them. */
export type SealedLog = {
  readonly checkpoints: (afterNumber: number, limit: number) => Promise<readonly Checkpoint[]>
  readonly last: () => Promise<{ readonly number: number; readonly hash: string }>
}

type Link = { readonly number: number; readonly hash: string }

const PAGE = 50

const isLinked = (checkpoint: Checkpoint, before: Link, seal: Seal | undefined): boolean =>
  checkpoint.number === before.number + 1 &&
  checkpoint.previous === before.hash &&
  checkpoint.hash === checkpointHash(checkpoint) &&
  (!seal || seal.verify(Buffer.from(checkpoint.hash), checkpoint.signature, checkpoint.keyId))

/** The first event of a sealed span that is not there or not as it was sealed. */
const spanFault = (checkpoint: Checkpoint, rows: readonly (Row | undefined)[]): AuditFault | undefined => {
  for (const [index, hash] of checkpoint.events.entries()) {
    const position = checkpoint.fromPosition + index
    const row = rows[index]
    if (!row) return { what: 'dropped', position, checkpoint: checkpoint.number }
    if (row.hash !== hash) {
      const what = checkpoint.events.includes(row.hash) ? 'reordered' : 'changed'
      const { aggregateId, version, _id: eventId } = row
      return { what, aggregateId, version, eventId, position, checkpoint: checkpoint.number }
    }
  }
  return undefined
}

/** What a page of checkpoints comes to: the number of the last one, undefined when it is the last of all. */
type Page = { readonly before?: number; readonly fault?: AuditFault }

/**
 * Against whoever builds whole chains anew: the seals are signed, and each holds the one before it. Goes over a page of them that
 * follow a number; the one with that number was gone over before.
 */
export const checkpointsFrom = async (
  { checkpoints, last }: SealedLog,
  batch: Numbered['batch'],
  seal: Seal | undefined,
  after: number,
): Promise<Page> => {
  const [known] = after === 0 ? [] : await checkpoints(after - 1, 1)
  let before: Link = { number: after, hash: known?.hash ?? '' }
  const page = await checkpoints(after, PAGE)
  for (const checkpoint of page) {
    const number = before.number + 1
    if (!isLinked(checkpoint, before, seal))
      return { before: before.number, fault: { what: 'unsealed', checkpoint: number } }
    const fault = spanFault(checkpoint, await batch(checkpoint.toPosition))
    if (fault) return { before: before.number, fault }
    before = { number, hash: checkpoint.hash }
  }
  if (page.length === PAGE) return { before: before.number }
  const end = await last()
  const isEnd = end.number === before.number && end.hash === before.hash
  return {
    before: before.number,
    ...(!isEnd && { fault: { what: 'unsealed' as const, checkpoint: before.number + 1 } }),
  }
}
