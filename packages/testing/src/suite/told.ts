import { fromBinary, type Message } from '@bufbuild/protobuf'
import { eventDesc } from '@saleswright/contracts'
import { EventLogService, type StoredEvent } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { client } from '@saleswright/rpc'
import type { Context, Hosted } from '@saleswright/service'

/** An event as consumers see it. */
export type Told = Message & { readonly aggregateId: string; readonly aggregateVersion: number }

const PAGE = 1000

/** What a hosted service told, read from its event log when everything has settled; `token` is a service's. */
export const toldBy = (
  { transportTo, drained }: Pick<Hosted, 'transportTo' | 'drained'>,
  context: Context,
  token: () => Promise<string>,
) => {
  const log = client(EventLogService, transportTo(context), token)
  const readAll = async (): Promise<readonly StoredEvent[]> => {
    const all: StoredEvent[] = []
    for (let afterPosition = 0n; ; ) {
      const { events } = await log.readEvents({ context, afterPosition, limit: PAGE })
      all.push(...events)
      const last = events.at(-1)
      if (!last) return all
      afterPosition = last.position
    }
  }
  /** All of it in the order of positions, or what was told of one record. */
  const told = async (of?: string): Promise<readonly Told[]> => {
    await drained()
    const events = (await readAll()).filter(({ aggregateId }) => of === undefined || aggregateId === of)
    return events.map(({ type, data, aggregateId, aggregateVersion }) => ({
      ...fromBinary(eventDesc(type), data),
      aggregateId,
      aggregateVersion: Number(aggregateVersion),
    }))
  }
  /** The names of what was told of a record, without their packages. */
  const namesOf = async (aggregateId: string): Promise<readonly string[]> =>
    (await told(aggregateId)).map(({ $typeName }) => $typeName.split('.').at(-1) ?? '')
  return { told, namesOf }
}
