import { dateOf } from '@saleswright/contracts'
import type { Desk } from '../desk.ts'
import type { Source } from '../models/all.ts'
import type { Told } from '../rows/row.ts'

/** A fact as its service's log has it. */
export type Logged = Told & {
  readonly recordedAt: Date
  readonly correlationId: string
  readonly position: bigint
  readonly data: Uint8Array
}

/** How many facts are asked for at once; fewer are the last ones there are. */
export const PAGE = 1_000

const DEADLINE_MS = 5_000

/** The facts of a service behind a position, over RPC. */
export const readLog = async (
  { logs }: Pick<Desk, 'logs'>,
  context: Source,
  afterPosition: bigint,
  withinMs = DEADLINE_MS,
): Promise<readonly Logged[]> => {
  const deadline = new Date(Date.now() + withinMs)
  const page = await logs.get(context)?.readEvents({ context, afterPosition, limit: PAGE }, { deadline })
  return (page?.events ?? []).map((event) => ({
    eventId: event.eventId,
    type: event.type,
    companyId: event.companyId,
    aggregateId: event.aggregateId,
    aggregateVersion: Number(event.aggregateVersion),
    recordedAt: dateOf(event.recordedAt) ?? new Date(0),
    correlationId: event.correlationId,
    position: event.position,
    data: event.data,
  }))
}
