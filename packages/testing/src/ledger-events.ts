import type { EventFact, Facts, Finding, ServiceFacts } from './ledger-facts.ts'

type Book = Pick<Facts, 'services'>

const named = ({ name }: ServiceFacts, faults: readonly string[]): readonly string[] =>
  faults.map((fault) => `${name}: ${fault}`)

const versionFaults = (events: readonly EventFact[]): readonly string[] =>
  [...Map.groupBy(events, ({ aggregateId }) => aggregateId)].flatMap(([id, own]) => {
    const versions = own.map(({ version }) => version).toSorted((left, right) => left - right)
    return versions.every((version, index) => version === index + 1)
      ? []
      : [`${id} has the versions ${versions.join()}`]
  })

const headFaults = ({ heads, events }: ServiceFacts): readonly string[] => {
  const last = new Map<string, EventFact>()
  for (const event of events)
    if ((last.get(event.aggregateId)?.version ?? 0) < event.version) last.set(event.aggregateId, event)
  const told = heads.flatMap(({ collection, id, version }) =>
    last.get(id)?.version === version
      ? []
      : [`${collection} ${id} stands at ${version}, its events end at ${last.get(id)?.version ?? 0}`],
  )
  const there = new Set(heads.map(({ id }) => id))
  const lost = [...last.keys()].filter((id) => !there.has(id)).map((id) => `${id} has events and no record`)
  return [...told, ...lost]
}

/** The first time that each was published; what comes again later is a copy. */
const publishedFaults = ({ events, published, waiting }: ServiceFacts): readonly string[] => {
  const known = new Set(events.map(({ id }) => id))
  const seen = new Set<string>()
  const reached = new Map<string, number>()
  const faults: string[] = waiting > 0 ? [`${waiting} events wait to be published`] : []
  for (const { id, aggregateId, version } of published) {
    if (!known.has(id)) faults.push(`${id} was published and never stored`)
    if (seen.has(id)) continue
    seen.add(id)
    const before = reached.get(aggregateId) ?? 0
    if (version !== before + 1) faults.push(`${aggregateId} was published at ${version} after ${before}`)
    reached.set(aggregateId, version)
  }
  return [...faults, ...events.flatMap(({ id }) => (seen.has(id) ? [] : [`${id} was never published`]))]
}

/** L4: each change has its events, versions have no gaps, and everything was published in its order. */
export const changesAreTold = ({ services }: Book): Finding => ({
  rule: 'L4',
  checked: services.reduce((sum, { events }) => sum + events.length, 0),
  faults: services.flatMap((service) =>
    named(service, [...versionFaults(service.events), ...headFaults(service), ...publishedFaults(service)]),
  ),
})

/** L8: the chains verify, and each record ends in the last link of its own. */
export const auditHolds = ({ services }: Book): Finding => ({
  rule: 'L8',
  checked: services.reduce((sum, { events }) => sum + events.length, 0),
  faults: services.flatMap((service) => {
    const { audit, events, heads } = service
    const hashes = new Map(events.map(({ aggregateId, version, hash }) => [`${aggregateId}/${version}`, hash]))
    const broken = heads.flatMap(({ collection, id, version, hash }) =>
      hashes.get(`${id}/${version}`) === hash
        ? []
        : [`the chain of ${collection} ${id} does not end in its last event`],
    )
    return named(service, audit.fault === undefined ? broken : [audit.fault, ...broken])
  }),
})
