import { PolicySchema, type UpdateServicePolicyRequest } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import { type BusinessDate, expectEtag, mayMigrate, notFound, parseBusinessDate } from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import type { Repository, Store } from '@saleswright/store'
import type { PolicyDefinition } from './definition.ts'
import { changePolicy, type Policy, recordId, unsetPolicy } from './policy.ts'
import { policyView } from './policy-view.ts'

export type PolicyDesk = {
  readonly context: string
  readonly store: Store
  readonly policies: Repository<Policy>
  readonly definitions: readonly PolicyDefinition[]
  /** The company's day. */
  readonly today: (companyId: string, at: Date) => Promise<BusinessDate>
  /** After every change that this process has stored, and after every attempt. */
  readonly forget: (companyId: string) => void
}

export const definitionOf = (definitions: readonly PolicyDefinition[], name: string): PolicyDefinition => {
  const definition = definitions.find((one) => one.name === name)
  if (!definition) throw notFound('policy', name)
  return definition
}

/** Sets one policy for the caller's company; needs the permission over the company. */
export const setPolicy = (desk: PolicyDesk) => async (request: UpdateServicePolicyRequest, call: Call) => {
  const { store, policies, context } = desk
  const { companyId } = call.actor
  const definition = definitionOf(desk.definitions, request.name)
  const value = String(definition.read(request.value))
  const today = await desk.today(companyId, call.at)
  try {
    return await store.answer(call, PolicySchema, async (tx) => {
      const key = { companyId, context, name: request.name }
      const policy = (await tx.find(policies, wholeCompany(call), recordId(key))) ?? unsetPolicy(key)
      expectEtag(policy, request.etag)
      const decision = changePolicy(policy, {
        value,
        validFrom: request.validFrom ? parseBusinessDate(request.validFrom) : today,
        reason: request.reason,
        setBy: call.actor.id,
        setAt: call.at,
        today,
        mayBackdate: mayMigrate(call.actor),
      })
      return policyView(definition, tx.save(policies, decision), today)
    })
  } finally {
    desk.forget(companyId)
  }
}
