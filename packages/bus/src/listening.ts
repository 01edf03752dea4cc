import { randomUUID } from 'node:crypto'
import { BACKOFF, persist } from './backoff.ts'
import type { Bus, Listening, ListeningState, Log, Place } from './bus.ts'

type Below = Pick<Bus, 'subscribe' | 'ensure' | 'extents'> & {
  readonly log: Log
  readonly name: string
  readonly forget: (group: string) => Promise<unknown>
}

const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

/** A group of its own that begins where the topics end now; its places are kept in memory, and go with it. */
export const listening = ({ topics, heard }: Listening, { log, name, forget, ...bus }: Below): ListeningState => {
  const group = `${name}.listens.${randomUUID()}`
  const stopping = new AbortController()
  const failed = (err: unknown): void => log.warn({ err, topics }, 'could not find where to listen from; trying again')
  const ends = async () => {
    await bus.ensure(topics)
    return bus.extents(topics)
  }
  const places = persist(ends, { ...BACKOFF, failed }, stopping.signal).then(
    (extents = []) => new Map(extents.map((extent) => [keyOf(extent), extent.high])),
  )
  const subscribed = bus.subscribe({
    group,
    topics,
    next: async (place) => (await places).get(keyOf(place)) ?? 0n,
    async handle(messages) {
      for (const message of messages) {
        await Promise.resolve(message)
          .then(heard)
          .catch((err: unknown) => log.error({ err, topic: message.topic }, 'what was heard could not be used'))
        ;(await places).set(keyOf(message), message.offset + 1n)
      }
    },
    gap: async ({ low }) => low,
  })
  return {
    ready: places.then(() => undefined),
    state: subscribed.state,
    async stop() {
      stopping.abort()
      await subscribed.stop()
      await forget(group).catch((err: unknown) => log.debug({ err, group }, 'a group was left behind'))
    },
  }
}
