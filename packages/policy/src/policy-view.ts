import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import type { PolicySchema } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import { type BusinessDate, etagOf } from '@saleswright/kernel'
import type { PolicyDefinition } from './definition.ts'
import { type Policy, policyId, versionOn } from './policy.ts'

export const policyView = (
  { choices, bounds, fallback }: PolicyDefinition,
  policy: Policy,
  today: BusinessDate,
): MessageInitShape<typeof PolicySchema> => ({
  policyId: policyId(policy),
  value: versionOn(policy, today)?.value ?? String(fallback),
  defaultValue: String(fallback),
  choices: [...choices],
  ...bounds,
  versions: policy.versions.map((version, index) => ({
    ...version,
    number: index + 1,
    setAt: instant(version.setAt),
  })),
  etag: etagOf(policy),
})
