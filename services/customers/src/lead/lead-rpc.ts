import { wordOf } from '@saleswright/contracts'
import {
  ConvertLeadResponseSchema,
  LeadSchema,
  type LeadService,
  type ListLeadsRequest,
  type QualifyLeadRequest,
} from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { acceptBusinessDate, type Decision, expectEtag, mayMigrate } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { placeFor } from '../intake/place.ts'
import { todayFor } from '../intake/take-in.ts'
import { convertLead } from './convert-lead.ts'
import { createLead } from './create-lead.ts'
import { assign, contact, type Lead, type Man, qualify, recycle } from './lead.ts'
import { leadView, STATUS } from './lead-view.ts'
import { judge } from './man.ts'

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
    getLead: async ({ leadId }, call) => leadView(await leads.get(scopeOf(call), leadId)),
    listLeads: async (request, call) => {
      const page = await leads.list(scopeOf(call), queryOf(request, filterOf(request)))
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
    qualifyLead: (request, call) => change(request, call, (lead) => qualify(lead, judge(manIn(request)))),
    convertLead: (request, call) =>
      store.answer(call, ConvertLeadResponseSchema, (tx) => convertLead(desk, tx, request, call)),
    recycleLead: (request, call) => change(request, call, (lead) => recycle(lead, request.reason)),
  }
}

const manIn = ({ man }: QualifyLeadRequest): Man => {
  const { money, authority, need } = man ?? { money: true, authority: true, need: true }
  return { money, authority, need }
}

const filterOf = ({ status, ownerId, externalId }: ListLeadsRequest) => ({
  status: wordOf(STATUS, status),
  ownerId,
  'externalRef.id': externalId,
})
