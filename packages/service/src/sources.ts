import type { Log } from '@saleswright/bus'
import type { Clock } from '@saleswright/kernel'
import type { HostedService } from './hosted-service.ts'
import type { Sources } from './metrics.ts'

/** What the services of a host tell about themselves. A number that cannot be had, without a broker, is left out and logged. */
export const sourcesOf = (
  services: readonly HostedService[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Sources => {
  const had = async <T>(reads: readonly Promise<T>[]): Promise<readonly T[]> => {
    const results = await Promise.allSettled(reads)
    for (const result of results)
      if (result.status === 'rejected') log.warn({ err: result.reason }, 'a measure is missing')
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }
  const consumers = services.flatMap((service) => [...service.consumers])
  return {
    oldestUnsentAges: () =>
      had(
        services.map(async ({ name, store }) => {
          const oldest = await store.eventLog.oldestUnsentAt()
          return { context: name, seconds: oldest ? Math.max(0, clock.now().getTime() - oldest.getTime()) / 1_000 : 0 }
        }),
      ),
    consumerLags: () =>
      had(consumers.map(async ([group, consumer]) => ({ group, events: Number(await consumer.lag()) }))),
    gaps: () =>
      consumers.map(([group, consumer]) => {
        const { gaps, found } = consumer.state()
        return { group, waiting: gaps, found }
      }),
    parked: () =>
      had(
        services.flatMap(({ consumers: groups, store }) =>
          [...groups.keys()].map(async (group) => ({ group, events: (await store.inbox.parked.list(group)).length })),
        ),
      ),
  }
}
