import { wordOf } from '@saleswright/contracts'
import {
  type ListOpportunitiesRequest,
  OpportunitySchema,
  type OpportunityService,
} from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import {
  acceptBusinessDate,
  type BusinessDate,
  type Decision,
  expectEtag,
  invalidField,
  mayMigrate,
} from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { todayFor } from '../intake/take-in.ts'
import { createOpportunity, wonValueIn } from './create-opportunity.ts'
import { advance, isOpen, lose, type OpenStage, type Opportunity, win } from './opportunity.ts'
import { opportunityView, STAGE } from './opportunity-view.ts'

type Named = { readonly opportunityId: string; readonly etag: string }

export const opportunityRpc = (desk: Desk): Implementation<typeof OpportunityService> => {
  const { store, opportunities, directory } = desk
  const change = (
    { opportunityId, etag }: Named,
    call: Call,
    decide: (opportunity: Opportunity) => Decision<Opportunity> | Promise<Decision<Opportunity>>,
  ) =>
    store.answer(call, OpportunitySchema, async (tx) => {
      const opportunity = await tx.get(opportunities, scopeOf(call), opportunityId)
      expectEtag(opportunity, etag)
      return opportunityView(tx.save(opportunities, await decide(opportunity)))
    })
  /** An end that is there already keeps its day, unless another is told. */
  const dayOf = async (
    call: Call,
    { status }: Opportunity,
    on: string | undefined,
  ): Promise<BusinessDate | undefined> =>
    on === undefined && !isOpen(status)
      ? undefined
      : acceptBusinessDate(on, await todayFor(directory, call), mayMigrate(call.actor))
  return {
    createOpportunity: (request, call) =>
      store.answer(call, OpportunitySchema, async (tx) =>
        opportunityView(await createOpportunity(desk, tx, request, call)),
      ),
    getOpportunity: async ({ opportunityId }, call) =>
      opportunityView(await opportunities.get(scopeOf(call), opportunityId)),
    listOpportunities: async (request, call) => {
      const page = await opportunities.list(scopeOf(call), queryOf(request, filterOf(request)))
      return { opportunities: page.items.map(opportunityView), ...pageFacts(page) }
    },
    advanceOpportunity: (request, call) => {
      const to = openStageIn(request.stage)
      return change(request, call, (opportunity) => advance(opportunity, to, request.requirement))
    },
    winOpportunity: (request, call) =>
      change(request, call, async (opportunity) =>
        win(opportunity, {
          value: wonValueIn(request),
          on: await dayOf(call, opportunity, request.on),
          migrating: mayMigrate(call.actor),
        }),
      ),
    loseOpportunity: (request, call) =>
      change(request, call, async (opportunity) =>
        lose(opportunity, { reason: request.reason, on: await dayOf(call, opportunity, request.on) }),
      ),
  }
}

/** Winning and losing are verbs of their own: they need a value or a reason. */
const openStageIn = (value: number): OpenStage => {
  const stage = wordOf(STAGE, value)
  if (!stage || !isOpen(stage)) throw invalidField('stage', 'open_stage_needed')
  return stage
}

const filterOf = ({ stage, ownerId, customerId, externalId }: ListOpportunitiesRequest) => ({
  status: wordOf(STAGE, stage),
  ownerId,
  customerId,
  'externalRef.id': externalId,
})
