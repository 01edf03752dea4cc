import { type Policy, ServicePolicyService } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import type { PolicyService } from '@saleswright/contracts/saleswright/gateway/v1/policy_pb.ts'
import { derivedId, invalidField, notFound } from '@saleswright/kernel'
import type { Call, Implementation } from '@saleswright/rpc'
import { type Context, type Platform, POLICY_OWNERS } from '@saleswright/service'
import { badOrderBy } from '@saleswright/store'

const PAGE = 50

/** The policies of all services, each asked of and changed by its own service under the caller's token. */
export const policyRpc = ({ client }: Pick<Platform, 'client'>): Implementation<typeof PolicyService> => {
  const of = (context: Context) => client(ServicePolicyService, context)
  const all = async (contexts: readonly Context[], call: Call): Promise<readonly Policy[]> => {
    const answers = await Promise.all(
      contexts.map((context) => of(context).listServicePolicies({ context }, { as: call })),
    )
    return answers.flatMap(({ policies }) => policies)
  }
  return {
    listPolicies: async ({ pageSize, pageToken, orderBy, withTotal }, call) => {
      if (orderBy) throw badOrderBy(orderBy, [])
      const policies = (await all(POLICY_OWNERS, call)).toSorted((a, b) => (a.policyId < b.policyId ? -1 : 1))
      return pageOf(policies, { pageSize, pageToken, withTotal })
    },

    getPolicy: async ({ policyId }, call) => {
      const { context } = addressOf(policyId)
      const found = (await all([context], call)).find((policy) => policy.policyId === policyId)
      if (!found) throw notFound('policy', policyId)
      return found
    },

    updatePolicy: async ({ policyId, validFrom, value, reason, etag }, call) => {
      const { context, name } = addressOf(policyId)
      const request = { context, name, value, reason, etag, validFrom: validFrom ?? '' }
      return of(context).updateServicePolicy(request, {
        as: call,
        idempotencyKey: call.mark && derivedId(call.mark, 'policy'),
        onReplay: call.replayed,
        onEvent: call.recorded,
      })
    },
  }
}

type Paging = { readonly pageSize: number; readonly pageToken: string; readonly withTotal: boolean }

/** The token is the id where the page before ended. */
const pageOf = (policies: readonly Policy[], { pageSize, pageToken, withTotal }: Paging) => {
  const from = pageToken ? policies.findIndex(({ policyId }) => policyId === pageToken) + 1 : 0
  if (pageToken && from === 0) throw invalidField('pageToken', 'page_token_mismatch')
  const to = from + (pageSize || PAGE)
  return {
    policies: policies.slice(from, to),
    nextPageToken: to < policies.length ? (policies[to - 1]?.policyId ?? '') : '',
    ...(withTotal && { totalSize: policies.length }),
  }
}

/** "orders.price_above_list" is the policy price_above_list of orders. */
const addressOf = (policyId: string): { readonly context: Context; readonly name: string } => {
  const [word = '', name = ''] = policyId.split('.')
  const context = POLICY_OWNERS.find((owner) => owner === word)
  if (!context) throw notFound('policy', policyId)
  return { context, name }
}
