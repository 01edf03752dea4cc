import { type Bus, topicOf } from '@saleswright/bus'
import type { Pending } from './drained.ts'
import type { HostedService } from './hosted-service.ts'

/** What the services of a host have still to publish and to pass, and how much was published to the topics that concern them. */
export const pendingOf = (services: readonly HostedService[], bus: Pick<Bus, 'ensure' | 'extents'>) => {
  const reactions = services.flatMap(({ built }) => built.reactions ?? [])
  const topics = [
    ...new Set([...services.map(({ name }) => name), ...reactions.flatMap(({ from }) => from)].map(topicOf)),
  ]
  const there = { ensured: false }

  return async (): Promise<Pending> => {
    if (!there.ensured) await bus.ensure(topics)
    there.ensured = true
    const unsent = await Promise.all(
      services.map(async ({ name, relay }) => ((await relay.idle()) ? [] : [`${name} has events to publish`])),
    )
    const waiting = await Promise.all(
      services.flatMap(({ consumers }) =>
        [...consumers].map(async ([group, consumer]) =>
          (await consumer.caughtUp()) ? [] : [`${group} has events to apply`],
        ),
      ),
    )
    const extents = await bus.extents(topics)
    return { left: [...unsent, ...waiting].flat(), published: extents.reduce((sum, { high }) => sum + high, 0n) }
  }
}
