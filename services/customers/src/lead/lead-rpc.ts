import { wordOf } from '@saleswright/contracts'
import {
  ConvertLeadResponseSchema,
  LeadSchema,
  type LeadService,
  type ListLeadsRequest,
  type QualifyLeadRequest,
} from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import {
  acceptBusinessDate,
  companyScope,
  type Decision,
  expectEtag,
  invalidField,
  mayMigrate,
} from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { placeFor } from '../intake/place.ts'
import { todayFor } from '../intake/take-in.ts'
import { LEAD_CAPACITY, LEAD_COOL_DOWN_DAYS } from '../policies.ts'
import { convertLead } from './convert-lead.ts'
import { createLead } from './create-lead.ts'
import { assign, claim, contact, type Lead, type Man, OPEN_STATUSES, qualify, recycle } from './lead.ts'
import { leadView, NEXT_STEP, STATUS } from './lead-view.ts'
import { foundOut, judge } from './man.ts'

type Named = { readonly leadId: string; readonly etag: string }

export const leadRpc = (desk: Desk): Implementation<typeof LeadService> => {
  const { store, leads, directory } = desk
  const change = (
    { leadId, etag }: Named,
    call: Call,
    decide: (lead: Lead) => Decision<Lead> | Promise<Decision<Lead>>,
  ) =>
    store.answer(call, LeadSchema, async (tx) => {
      const lead = await tx.get(leads, scopeOf(call), leadId)
      expectEtag(lead, etag)
      return leadView(tx.save(leads, await decide(lead)))
    })
  return {
    createLead: (request, call) =>
      store.answer(call, LeadSchema, async (tx) => leadView(await createLead(desk, tx, request, call))),
    getLead: async ({ leadId }, call) => leadView(await seen(desk, call, leadId)),
    listLeads: async (request, call) => {
      const scope = request.pooled ? companyScope(call.actor.companyId) : scopeOf(call)
      const page = await leads.list(scope, queryOf(request, filterOf(request)))
      return { leads: page.items.map(leadView), ...pageFacts(page) }
    },
    assignLead: (request, call) =>
      change(request, call, async (lead) =>
        assign(lead, await placeFor(directory, call, request.toPersonId, await todayFor(directory, call))),
      ),
    contactLead: (request, call) =>
      change(request, call, async (lead) =>
        contact(lead, acceptBusinessDate(request.on, await todayFor(directory, call), mayMigrate(call.actor))),
      ),
    claimLead: (request, call) =>
      store.answer(call, LeadSchema, async (tx) => leadView(await claimLead(desk, tx, request, call))),
    qualifyLead: (request, call) =>
      change(request, call, (lead) => qualify(lead, judge(foundOut(lead.man, manIn(request))))),
    convertLead: (request, call) =>
      store.answer(call, ConvertLeadResponseSchema, (tx) => convertLead(desk, tx, request, call)),
    recycleLead: (request, call) =>
      change(request, call, async (lead) => {
        const { reason } = request
        return recycle(lead, { reason, on: await todayFor(directory, call) })
      }),
  }
}

/** A lead within the caller's reach, or one of the pool. */
const seen = async ({ leads }: Desk, call: Call, leadId: string): Promise<Lead> => {
  const lead = await leads.find(companyScope(call.actor.companyId), leadId)
  return lead?.status === 'recycled' ? lead : leads.get(scopeOf(call), leadId)
}

const claimLead = async (desk: Desk, tx: Tx, { leadId, etag }: Named, call: Call): Promise<Lead> => {
  const { leads, directory, policies } = desk
  const { companyId, id } = call.actor
  const company = companyScope(companyId)
  const found = await tx.find(leads, company, leadId)
  const lead = found?.status === 'recycled' ? found : await tx.get(leads, scopeOf(call), leadId)
  expectEtag(lead, etag)
  const today = await todayFor(directory, call)
  const [place, coolDownDays, capacity] = await Promise.all([
    placeFor(directory, call, undefined, today),
    policies.value(companyId, LEAD_COOL_DOWN_DAYS, today),
    policies.value(companyId, LEAD_CAPACITY, today),
  ])
  const own = { ownerId: id, status: { $in: OPEN_STATUSES } }
  const held = (await tx.findBy(leads, company, own, { limit: capacity })).length
  return tx.save(leads, claim(lead, place, { today, coolDownDays, capacity, held }))
}

const manIn = ({ man }: QualifyLeadRequest): Man => {
  const { money, authority, need } = man ?? {}
  if (money === undefined && authority === undefined && need === undefined) throw invalidField('man', 'man_needed')
  return { money, authority, need }
}

const filterOf = ({ status, ownerId, externalId, pooled, nextStep }: ListLeadsRequest) => ({
  status: pooled ? 'recycled' : wordOf(STATUS, status),
  ownerId,
  nextStep: wordOf(NEXT_STEP, nextStep),
  'externalRef.id': externalId,
})
