import { create } from '@bufbuild/protobuf'
import { PolicyChangedSchema } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import { type Aggregate, type BusinessDate, type Decision, derivedId, invalid } from '@saleswright/kernel'

export type PolicyVersion = {
  readonly value: string
  readonly validFrom: BusinessDate
  readonly reason: string
  readonly setBy: string
  readonly setAt: Date
}

/** What a company has set for one policy of a service. Versions are only ever added. */
export type Policy = Aggregate & {
  readonly context: string
  readonly name: string
  readonly versions: readonly PolicyVersion[]
}

type Key = Pick<Policy, 'companyId' | 'context' | 'name'>

export const policyId = ({ context, name }: Pick<Key, 'context' | 'name'>): string => `${context}.${name}`

/** One record for each policy of a company, found without a search. */
export const recordId = (key: Key): string => derivedId('policy', key.companyId, policyId(key))

export const unsetPolicy = (key: Key): Policy => ({ ...key, id: recordId(key), version: 0, versions: [] })

/** The version in force on a day: the latest start counts, and of two that start on one day the one that was set later. */
export const versionOn = ({ versions }: Pick<Policy, 'versions'>, date: BusinessDate): PolicyVersion | undefined =>
  versions.reduce<PolicyVersion | undefined>(
    (best, one) => (one.validFrom <= date && (!best || one.validFrom >= best.validFrom) ? one : best),
    undefined,
  )

type Change = PolicyVersion & { readonly today: BusinessDate; readonly mayBackdate: boolean }

/** Documents of past days were decided by the value of then: only a migration sets one for days that are over. */
export const changePolicy = (policy: Policy, { today, mayBackdate, ...version }: Change): Decision<Policy> => {
  const { value, validFrom, reason } = version
  if (validFrom < today && !mayBackdate) {
    const violation = { field: 'validFrom', rule: 'policy_backdated', message: `must not be before ${today}` }
    throw invalid('policy_backdated', { date: validFrom, today }, [violation])
  }
  const current = versionOn(policy, validFrom)
  if (current?.validFrom === validFrom && current.value === value) return { next: policy, events: [] }
  const next = { ...policy, versions: [...policy.versions, version] }
  const event = create(PolicyChangedSchema, {
    policyId: policyId(policy),
    value,
    validFrom,
    reason,
    version: next.versions.length,
  })
  return { next, events: [event] }
}
