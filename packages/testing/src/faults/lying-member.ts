import { setTimeout as wait } from 'node:timers/promises'
import type { Arrived, Membership, Place, Steering, Subscription, Told } from '@saleswright/bus'
import { unavailable } from '@saleswright/kernel'
import type { Lies } from './lies.ts'
import type { LyingTopics } from './lying-topics.ts'

const REST_MS = 5
const AT_ONCE = 20
const JUMP = 10

/** What the reader below a subscription does with one partition. */
type Reading = { at: bigint; sought: bigint | undefined; paused: boolean; silent: number }

export type LyingMember = Membership & { readonly throwOut: () => void }

type World = { readonly topics: LyingTopics; readonly lies: Lies; readonly held: () => boolean }

const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

/** Where it reads next: where it was told to, unless it lies. */
const stepTo = (reading: Reading, { tells, random }: Lies): void => {
  if (reading.sought !== undefined) reading.at = reading.sought
  reading.sought = undefined
  const jump = BigInt(1 + random(JUMP))
  if (tells('rewound')) reading.at = reading.at > jump ? reading.at - jump : 0n
  if (tells('skipped')) reading.at += jump
  if (tells('paused')) reading.silent = random(JUMP)
}

type Member = World & {
  readonly told: Told
  readonly readings: ReadonlyMap<string, Reading>
  readonly hasLeft: () => boolean
}

const deliver = async (
  { told, hasLeft }: Member,
  { topic, partition }: Place,
  reading: Reading,
  messages: readonly Arrived[],
): Promise<void> => {
  const running = (): boolean => !hasLeft() && reading.sought === undefined
  const consumed = (offset: bigint): void => {
    reading.at = offset + 1n
  }
  await told.fetched({ topic, partition, messages, running, consumed })
}

/** Whether there was something to read. */
const readOnce = async (member: Member, place: Place): Promise<boolean> => {
  const { topics, lies, readings } = member
  const reading = readings.get(keyOf(place))
  if (!reading || reading.paused || reading.silent-- > 0) return false
  stepTo(reading, lies)
  const messages = topics.read(place, reading.at, AT_ONCE)
  const high = topics.extents([place.topic])[place.partition]?.high ?? 0n
  // As Kafka's clients do: out of range they begin anew, without a word.
  if (reading.at > high) reading.at = 0n
  if (messages.length > 0) await deliver(member, place, reading, messages)
  return messages.length > 0
}

const readAll = async (member: Member, places: readonly Place[]): Promise<void> => {
  let worked = false
  for (const place of places) {
    if (!member.hasLeft() && !member.held()) worked = (await readOnce(member, place)) || worked
  }
  // Also when it worked: what came again and is not to be had would keep everybody else waiting.
  await wait(worked ? 0 : REST_MS)
}

const steeringOf = ({ topics, lies, readings }: Member, names: readonly string[]): Steering => {
  const change = (place: Place, changes: Partial<Reading>): void => {
    const reading = readings.get(keyOf(place))
    if (reading) Object.assign(reading, changes)
  }
  return {
    seek: (place, sought) => change(place, { sought }),
    pause: (place) => change(place, { paused: true }),
    resume: (place) => change(place, { paused: false }),
    async extents() {
      if (lies.tells('refused')) throw unavailable('bus_refuses', 1)
      return topics.extents(names)
    },
  }
}

/** A member that has all partitions of its topics: it reads from the first message on, whatever its group has had, until it is told. */
export const lyingMember = ({ topics: names }: Pick<Subscription, 'topics'>, told: Told, world: World): LyingMember => {
  const ended = Promise.withResolvers<unknown>()
  const throwOut = (): void => ended.resolve(unavailable('bus_threw_out', 1))
  let left = false
  world.topics.ensure(names)
  const places = world.topics.extents(names)
  const begin = (): Reading => ({ at: 0n, sought: undefined, paused: false, silent: 0 })
  const readings = new Map(places.map((place) => [keyOf(place), begin()]))
  const member: Member = { ...world, told, readings, hasLeft: () => left }
  const live = async (): Promise<void> => {
    while (!left) {
      await readAll(member, places)
      if (world.lies.tells('thrownOut')) throwOut()
    }
  }
  queueMicrotask(() => told.assigned(places, steeringOf(member, names)))
  const living = live()
  return {
    ended: ended.promise,
    throwOut,
    async leave() {
      left = true
      await living
    },
  }
}
