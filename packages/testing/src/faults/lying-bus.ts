import { type Arrived, type Bus, keepSubscribed, type Log, partitionOf, type Subscription } from '@saleswright/bus'
import { liesFrom } from './lies.ts'
import { type LyingMember, lyingMember } from './lying-member.ts'
import { type Acknowledged, lyingTopics } from './lying-topics.ts'
import { randomFrom } from './random.ts'

/** A bus that keeps nothing of what it promises while it lies: a seeded stand-in for a broker, under the readers that are ours. */
export type LyingBus = Bus & {
  readonly lie: () => void
  /** From now on it is honest. Every reader is thrown out once, so that it asks its owners anew. */
  readonly repent: () => void
  /** Whether it has told every kind of lie. */
  readonly liedEnough: () => boolean
  readonly acknowledged: () => readonly Acknowledged[]
  /** Nothing is delivered until it is released. */
  readonly hold: () => void
  readonly release: () => void
  readonly forget: (count: number) => void
}

type Options = {
  readonly seed: number
  readonly log: Log
  /** Readers are not told what would let them find out: the guard is off. */
  readonly unguarded?: boolean
}

const unchained = (message: Arrived): Arrived => ({
  ...message,
  header: (name) => (name === 'previous_position' ? undefined : message.header(name)),
})

const withoutGuard = ({ owed: _owed, ...subscription }: Subscription): Subscription => ({
  ...subscription,
  handle: (messages) => subscription.handle(messages.map(unchained)),
})

export const lyingBus = ({ seed, log, unguarded = false }: Options): LyingBus => {
  const lies = liesFrom(randomFrom(seed))
  const topics = lyingTopics(lies)
  const members = new Set<LyingMember>()
  let held = false
  const world = { topics, lies, held: () => held }
  return {
    ensure: async (names) => topics.ensure(names),
    publish: async (topic, messages) => topics.publish(topic, messages),
    extents: async (names) => topics.extents(names),
    partitionOf,
    subscribe(subscription) {
      const guarded = unguarded ? withoutGuard(subscription) : subscription
      return keepSubscribed(
        guarded,
        async (told) => {
          const member = lyingMember(subscription, told, world)
          members.add(member)
          void member.ended.then(() => members.delete(member))
          return member
        },
        log,
      )
    },
    close: async () => {},
    lie: () => lies.switchTo(true),
    repent() {
      lies.switchTo(false)
      for (const member of members) member.throwOut()
    },
    liedEnough: () => Object.values(lies.told()).every((times) => times > 0),
    acknowledged: topics.acknowledged,
    hold() {
      held = true
    },
    release() {
      held = false
    },
    forget: topics.forget,
  }
}
