import { type Arrived, type Extent, Hole, type Log, type Place } from './bus.ts'
import type { OwnersLogs } from './catch-up.ts'
import { contextOf, type Published } from './event.ts'
import { linkOf } from './headers.ts'
import type { Inbox } from './ports.ts'

/**
 * How far a group has had each of its partitions, by the positions of the owner's log. Offsets prove nothing once a broker has
 * forgotten what it had acknowledged and put other messages there: each message names the position before it in its partition,
 * and the owner says what the last one is.
 */
export type Chain = {
  /** A partition that was assigned: takes what is stored, and asks its owner how far the log goes that the partition holds. */
  readonly begin: (extent: Extent) => Promise<void>
  /** The messages that the owner's log has; throws a `Hole` where something is missing before one of them. */
  readonly known: (messages: readonly Arrived[]) => readonly Arrived[]
  /** Notes that these messages of a partition were handled; gives the position that this reaches. */
  readonly passed: (place: Place, messages: readonly Arrived[]) => bigint
  readonly reached: (place: Place, position: bigint) => void
  readonly owed: () => Promise<(place: Place) => bigint | undefined>
  /** Whether the group has had everything that was published; of partitions of other members as far as that is stored. */
  readonly complete: (assigned: readonly Place[]) => Promise<boolean>
}

type Link = {
  readonly position: bigint
  /** What lies below this offset was published before the owner was asked: no position beyond `numbered` is from its log. */
  readonly asked: { readonly below: bigint; readonly numbered: bigint } | undefined
}

type Options = {
  readonly group: string
  readonly topics: readonly string[]
  readonly inbox: Pick<Inbox, 'lastPosition'>
  readonly published: OwnersLogs['published']
  readonly log: Log
}

type End = Place & { readonly position: bigint }

const NOWHERE: Link = { position: 0n, asked: undefined }
const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

/** Up to which position these go on without a hole from there. */
const continued = (messages: readonly Arrived[], from: bigint): bigint => {
  let at = from
  for (const message of messages) {
    const link = linkOf(message)
    if (!link) continue
    if (link.previous > at) throw new Hole(link.previous)
    if (link.position > at) at = link.position
  }
  return at
}

type Links = ReadonlyMap<string, Link>

const linkAt = (links: Links, place: Place): Link => links.get(keyOf(place)) ?? NOWHERE

/** Undefined where the owner cannot be reached: reading goes on, and it is asked again soon. */
const ask = ({ group, published, log }: Options, topic: string): Promise<Published | undefined> =>
  published(contextOf(topic)).catch((err: unknown) => {
    log.debug({ err, group, topic }, 'owner not reachable: published positions not compared')
    return undefined
  })

const endsOf = async (options: Options): Promise<readonly End[]> => {
  const told = options.topics.map(async (topic) => ({ topic, ends: (await ask(options, topic))?.ends ?? new Map() }))
  return (await Promise.all(told)).flatMap(({ topic, ends }) =>
    [...ends].map(([partition, position]) => ({ topic, partition, position })),
  )
}

/** Whether the log of the owner can hold it, as far as was asked. */
const isRecorded = ({ asked }: Link, message: Arrived): boolean => {
  const link = linkOf(message)
  return !link || !asked || message.offset >= asked.below || link.position <= asked.numbered
}

const recorded = ({ group, log }: Options, link: Link, messages: readonly Arrived[]): readonly Arrived[] =>
  messages.filter((message) => {
    if (isRecorded(link, message)) return true
    const { topic, partition, offset } = message
    const where = { group, topic, partition, offset: `${offset}`, position: `${linkOf(message)?.position}` }
    log.error(where, 'message without an event: the log of its owner ends before it; passed over')
    return false
  })

export const chain = (options: Options): Chain => {
  const { group, inbox } = options
  const links = new Map<string, Link>()
  const stored = async ({ topic, partition }: Place): Promise<bigint> =>
    (await inbox.lastPosition(group, topic, partition)) ?? 0n
  return {
    async begin(extent) {
      const owner = await ask(options, extent.topic)
      const asked = owner && { below: extent.high, numbered: owner.numbered }
      links.set(keyOf(extent), { position: await stored(extent), asked })
    },
    known(messages) {
      const link = messages[0] ? linkAt(links, messages[0]) : NOWHERE
      const known = recorded(options, link, messages)
      continued(known, link.position)
      return known
    },
    passed(place, messages) {
      const link = linkAt(links, place)
      const position = continued(messages, link.position)
      links.set(keyOf(place), { ...link, position })
      return position
    },
    reached: (place, position) => void links.set(keyOf(place), { ...linkAt(links, place), position }),
    async owed() {
      const ends = new Map((await endsOf(options)).map((end) => [keyOf(end), end.position]))
      return (place) => {
        const [link, end] = [links.get(keyOf(place)), ends.get(keyOf(place))]
        return link && end !== undefined && end > link.position ? end : undefined
      }
    },
    async complete(assigned) {
      const own = new Set(assigned.map(keyOf))
      const lacks = async (end: End): Promise<boolean> =>
        end.position > (own.has(keyOf(end)) ? linkAt(links, end).position : await stored(end))
      return !(await Promise.all((await endsOf(options)).map(lacks))).includes(true)
    },
  }
}
