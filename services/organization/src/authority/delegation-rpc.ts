import {
  type AuthorityService,
  DelegationSchema,
} from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { etagOf, expectEtag, forbidden, newId, notFound, parseBusinessDate, scopeFor } from '@saleswright/kernel'
import { type Call, type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import { expectMayDecide } from '../approval/right-to-decide.ts'
import { expectThere } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { type Delegation, delegate, endDelegation } from './delegation.ts'

type Methods = 'createDelegation' | 'getDelegation' | 'listDelegations' | 'endDelegation'

const view = (delegation: Delegation) => ({
  delegationId: delegation.id,
  fromPersonId: delegation.fromPersonId,
  toPersonId: delegation.toPersonId,
  classes: [...delegation.classes],
  from: delegation.from,
  until: delegation.until,
  etag: etagOf(delegation),
})

/** One's own authority everybody lends who may lend at all; that of others only who keeps the authority rules. */
const expectMayLend = async (tx: Tx, { people }: Books, call: Call, fromPersonId: string) => {
  const own = fromPersonId === call.actor.id
  const scope = own ? ownCompany(call) : scopeFor(call.actor, 'organization.authority.write')
  if (!scope) throw forbidden('permission_missing', { permission: 'organization.authority.write' })
  return tx.get(people, scope, fromPersonId)
}

export const delegationRpc = (books: Books): Pick<Implementation<typeof AuthorityService>, Methods> => ({
  createDelegation({ fromPersonId, toPersonId, classes, from, until }, call) {
    const giver = fromPersonId ?? call.actor.id
    const facts = {
      fromPersonId: giver,
      toPersonId,
      classes: [...new Set(classes)].toSorted(),
      from: parseBusinessDate(from),
      until: parseBusinessDate(until),
    }
    return books.store.answer(call, DelegationSchema, async (tx) => {
      const { companyId, unitId, orgPath } = expectThere(await expectMayLend(tx, books, call, giver))
      const receiver = expectThere(await tx.get(books.people, ownCompany(call), toPersonId))
      await expectMayDecide(tx, books, receiver, facts.from)
      const rows = { companyId, ...(unitId && { unitId }), ...(orgPath && { orgPath }) }
      return view(tx.save(books.delegations, delegate(newId(), rows, facts)))
    })
  },

  async getDelegation({ delegationId }, call) {
    const found = await books.delegations.get(ownCompany(call), delegationId)
    const inRows = await seenBy(books, call, delegationId)
    if (found.toPersonId !== call.actor.id && !inRows) throw notFound('delegation', delegationId)
    return view(found)
  },

  async listDelegations(request, call) {
    const { personId } = request
    const of = personId ? { $or: [{ fromPersonId: personId }, { toPersonId: personId }] } : {}
    const mine = personId === call.actor.id
    const page = await books.delegations.list(mine ? ownCompany(call) : scopeOf(call), queryOf(request, of))
    return { delegations: page.items.map(view), ...pageFacts(page) }
  },

  endDelegation: ({ delegationId, until, etag }, call) =>
    books.store.answer(call, DelegationSchema, async (tx) => {
      const delegation = await tx.get(books.delegations, ownCompany(call), delegationId)
      if (!(await seenBy(books, call, delegationId)) && delegation.toPersonId !== call.actor.id) {
        throw notFound('delegation', delegationId)
      }
      await expectMayLend(tx, books, call, delegation.fromPersonId)
      expectEtag(delegation, etag)
      return view(tx.save(books.delegations, endDelegation(delegation, parseBusinessDate(until))))
    }),
})

/** It lies in the caller's rows; the receiver sees it wherever it lies. */
const seenBy = ({ delegations }: Books, { actor, permission }: Call, id: string) => {
  const scope = scopeFor(actor, permission)
  return scope && delegations.find(scope, id)
}
