import {
  AuthorityService,
  type CreateDelegationRequestSchema,
  DelegationSchema,
} from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { etagOf, expectEtag, forbidden, newId, notFound, parseBusinessDate, scopeFor } from '@saleswright/kernel'
import { type Call, type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import { expectMayDecide } from '../approval/right-to-decide.ts'
import { givenAt } from '../grant/authority-of.ts'
import { expectCovered } from '../grant/expect-covered.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { overlaps } from '../person/assignments.ts'
import { expectThere, type Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { classesServedBy } from './authority-rule.ts'
import { type Delegation, delegate, endDelegation } from './delegation.ts'
import { expectDeputy, renewDeputies } from './deputy.ts'

type Lent = Pick<Delegation, 'classes' | 'from' | 'until'>

type Methods = 'createDelegation' | 'getDelegation' | 'listDelegations' | 'endDelegation'

const view = (delegation: Delegation) => ({
  delegationId: delegation.id,
  fromPersonId: delegation.fromPersonId,
  toPersonId: delegation.toPersonId,
  classes: [...delegation.classes],
  from: delegation.from,
  until: delegation.until,
  deputizes: delegation.deputizes ?? false,
  etag: etagOf(delegation),
})

/** One's own authority everybody lends who may lend at all; that of others only who keeps the authority rules. */
const expectMayLend = async (tx: Tx, { people }: Books, call: Call, fromPersonId: string) => {
  const own = fromPersonId === call.actor.id
  const scope = own ? ownCompany(call) : scopeFor(call.actor, 'organization.authority.write')
  if (!scope) throw forbidden('permission_missing', { permission: 'organization.authority.write' })
  return tx.get(people, scope, fromPersonId)
}

/** What somebody decides on the days of a delegation: the caller lends what is another's only when they have it too. */
const givenFrom = async (tx: Tx, books: Books, giver: Person, { classes, from, until }: Lent) => {
  const places = giver.assignments.filter((span) => overlaps(span, { from, until }))
  const given = (await Promise.all(places.map((place) => givenAt(tx, books, giver, place)))).flat()
  const isLent = (decides: string) =>
    classes.length === 0 || classesServedBy(decides).some((served) => classes.includes(served))
  return given.filter((one) => 'decides' in one && isLent(one.decides))
}

const delegating = (books: Books): GrantAct<typeof CreateDelegationRequestSchema, typeof DelegationSchema> => ({
  method: AuthorityService.method.createDelegation,
  answer: DelegationSchema,
  subject: ({ toPersonId }) => `people/${toPersonId}`,
  async perform(tx, { fromPersonId, toPersonId, classes, deputizes, ...days }, call) {
    const facts = {
      fromPersonId: fromPersonId ?? call.actor.id,
      toPersonId,
      classes: [...new Set(classes)].toSorted(),
      from: parseBusinessDate(days.from),
      until: parseBusinessDate(days.until),
      ...(deputizes && { deputizes }),
    }
    const giver = expectThere(await expectMayLend(tx, books, call, facts.fromPersonId))
    const receiver = expectThere(await tx.get(books.people, ownCompany(call), toPersonId))
    const { companyId, unitId, orgPath } = giver
    const rows = { companyId, ...(unitId && { unitId }), ...(orgPath && { orgPath }) }
    const decision = delegate(newId(), rows, facts)
    if (deputizes) expectDeputy({ giver, receiver, callerId: call.actor.id, from: facts.from })
    else await expectMayDecide(tx, books, receiver, facts.from)
    if (giver.id !== call.actor.id) {
      await expectCovered(tx, books, { call, given: await givenFrom(tx, books, giver, facts), receiver })
    }
    return view(tx.save(books.delegations, decision))
  },
})

export const delegationActs = (books: Books): readonly Performer[] => [performerOf(delegating(books))]

export const delegationRpc = (books: Books): Pick<Implementation<typeof AuthorityService>, Methods> => ({
  createDelegation: (request, call) => attempt(books, delegating(books), request, call),

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
      const { companyId, fromPersonId } = delegation
      if (delegation.deputizes) {
        await renewDeputies(tx, books, { companyId, personIds: [fromPersonId] }, 'delegation_ended')
      }
      return view(tx.save(books.delegations, endDelegation(delegation, parseBusinessDate(until))))
    }),
})

/** It lies in the caller's rows; the receiver sees it wherever it lies. */
const seenBy = ({ delegations }: Books, { actor, permission }: Call, id: string) => {
  const scope = scopeFor(actor, permission)
  return scope && delegations.find(scope, id)
}
