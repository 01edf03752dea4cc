import { ServicePolicyService } from '@saleswright/contracts/saleswright/api/v1/policy_pb.ts'
import { notFound } from '@saleswright/kernel'
import { type Bound, bind } from '@saleswright/rpc'
import type { PolicyBook } from './book.ts'
import { policyView } from './policy-view.ts'
import { definitionOf } from './set-policy.ts'

/** The policies of every service of a host; `context_not_found` for one that is not hosted here or has none. */
export const policyRpc = (bookOf: (context: string) => PolicyBook | undefined): Bound => {
  const of = (context: string): PolicyBook => {
    const book = bookOf(context)
    if (!book) throw notFound('context', context)
    return book
  }
  return bind(ServicePolicyService, {
    listServicePolicies: async ({ context }, call) => {
      const { companyId } = call.actor
      const book = of(context)
      const [policies, today] = await Promise.all([book.all(companyId), book.today(companyId, call.at)])
      return {
        policies: policies.map((policy) => policyView(definitionOf(book.definitions, policy.name), policy, today)),
      }
    },
    updateServicePolicy: (request, call) => of(request.context).set(request, call),
  })
}
