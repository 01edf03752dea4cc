import { type Arrived, type Extent, type Message, type Place, partitionOf } from '@saleswright/bus'
import { unavailable } from '@saleswright/kernel'
import type { Lies } from './lies.ts'

const PARTITIONS = 12
const MOST_FORGOTTEN = 6

type Held = Omit<Arrived, 'offset'>

/** What was acknowledged, in the order in which it was: what a bus that keeps its word would hold. */
export type Acknowledged = { readonly topic: string; readonly message: Message }

export type LyingTopics = {
  readonly ensure: (topics: readonly string[]) => void
  readonly publish: (topic: string, messages: readonly Message[]) => void
  readonly extents: (topics: readonly string[]) => readonly Extent[]
  readonly read: (place: Place, from: bigint, most: number) => readonly Arrived[]
  /** Cuts so many messages off the end of every partition that has as many. */
  readonly forget: (count: number) => void
  readonly acknowledged: () => readonly Acknowledged[]
}

const heldOf = (place: Place, { key, value, headers }: Message): Held => {
  const known = new Map(Object.entries(headers))
  return { ...place, key, value, header: (name) => known.get(name) }
}

/** Topics in memory. They lie where they take messages; whoever reads gets exactly what lies there. */
export const lyingTopics = ({ tells, random }: Lies): LyingTopics => {
  const topics = new Map<string, Held[][]>()
  const acknowledged: Acknowledged[] = []

  const partitionsOf = (topic: string): Held[][] => {
    const partitions = topics.get(topic) ?? Array.from({ length: PARTITIONS }, (): Held[] => [])
    topics.set(topic, partitions)
    return partitions
  }
  const lineOf = ({ topic, partition }: Place): Held[] => partitionsOf(topic)[partition] ?? []

  const put = (topic: string, messages: readonly Message[]): void => {
    const began = new Map(partitionsOf(topic).map((line, partition) => [partition, line.length]))
    for (const message of messages) {
      const place = { topic, partition: partitionOf(message.key, PARTITIONS) }
      const [line, held] = [lineOf(place), heldOf(place, message)]
      line.push(held)
      if (tells('duplicated')) line.push(held)
      const before = line.at(-2)
      const isNew = line.length - 1 > (began.get(place.partition) ?? 0)
      if (before && isNew && before.key !== held.key && tells('reordered')) line.splice(-2, 2, held, before)
    }
  }
  const cut = (line: Held[], count: number): void => void line.splice(Math.max(0, line.length - count), count)

  return {
    ensure: (names) => void names.map(partitionsOf),
    publish(topic, messages) {
      if (tells('refused')) throw unavailable('bus_refuses', 1)
      put(topic, messages)
      if (tells('unanswered')) throw unavailable('bus_unanswered', 1)
      acknowledged.push(...messages.map((message) => ({ topic, message })))
      const used = partitionsOf(topic).filter(({ length }) => length > 0)
      const line = used[random(used.length)]
      if (line && tells('forgotten')) cut(line, 1 + random(MOST_FORGOTTEN))
    },
    extents: (names) =>
      names.flatMap((topic) =>
        partitionsOf(topic).map(({ length }, partition) => ({ topic, partition, low: 0n, high: BigInt(length) })),
      ),
    read: (place, from, most) =>
      lineOf(place)
        .slice(Number(from), Number(from) + most)
        .map((held, index) => ({ ...held, offset: from + BigInt(index) })),
    forget: (count) => {
      for (const line of [...topics.values()].flat()) if (line.length >= count) cut(line, count)
    },
    acknowledged: () => acknowledged,
  }
}
