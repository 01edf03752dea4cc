import type { Facts, Finding, GroupFacts } from './ledger-facts.ts'

type Book = Pick<Facts, 'services' | 'effects' | 'rebuilt'>

const dueTo = ({ from, types }: GroupFacts, services: Book['services']): ReadonlySet<string> => {
  const handled = new Set(types)
  const events = services.filter(({ name }) => from.includes(name)).flatMap((service) => service.events)
  return new Set(events.flatMap(({ id, type }) => (handled.has(type) ? [id] : [])))
}

const groupFaults = (group: GroupFacts, services: Book['services']): readonly string[] => {
  const due = dueTo(group, services)
  const seen = new Set(group.seen)
  const missing = [...due].filter((id) => !seen.has(id)).length
  const foreign = [...seen].filter((id) => !due.has(id)).length
  return [
    ...(missing > 0 ? [`${group.group} has not had ${missing} of ${due.size} events`] : []),
    ...(seen.size < group.seen.length ? [`${group.group} has had ${group.seen.length - seen.size} events twice`] : []),
    ...(foreign > 0 ? [`${group.group} has had ${foreign} events that nobody told`] : []),
    ...group.parked.map((event) => `${group.group} could not apply ${event}`),
  ]
}

/** L5: each consumer has had each of its events, and there is one effect of each. */
export const appliedOnce = ({ services, effects }: Book): Finding => {
  const groups = services.flatMap((service) => service.groups)
  const miscounted = effects.flatMap(({ what, expected, found }) =>
    expected === found ? [] : [`${what}: ${found} effects of ${expected} events`],
  )
  return {
    rule: 'L5',
    checked: groups.reduce((sum, { seen }) => sum + seen.length, 0),
    faults: [...groups.flatMap((group) => groupFaults(group, services)), ...miscounted],
  }
}

/** L9: read models that are built again are those that were there. */
export const rebuildsTheSame = ({ rebuilt }: Book): Finding => ({
  rule: 'L9',
  checked: rebuilt?.events ?? 0,
  faults:
    rebuilt && rebuilt.digest !== rebuilt.previousDigest
      ? [`the read models were ${rebuilt.previousDigest}, built again they are ${rebuilt.digest}`]
      : [],
})
