import { moneyMessage, readMoney } from '@saleswright/contracts'
import {
  AuthorityRuleSchema,
  AuthorityService,
  type CreateAuthorityRuleRequest,
  type CreateAuthorityRuleRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import {
  conflict,
  etagOf,
  expectEtag,
  newId,
  parseBusinessDate,
  readExternalRef,
  type Scope,
} from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import { rerouteCasesUnder, rerouteUnroutable } from '../approval/reroute.ts'
import { knownBy } from '../external-ref.ts'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import { attempt, type GrantAct, type Performer, performerOf } from '../grant/grant-act.ts'
import { takeTurn } from '../guard.ts'
import { overlaps } from '../person/assignments.ts'
import type { Books } from '../repositories.ts'
import { type AuthorityRule, endRule, grant, type RuleFacts } from './authority-rule.ts'
import { delegationActs, delegationRpc } from './delegation-rpc.ts'

const view = (rule: AuthorityRule) => ({
  authorityRuleId: rule.id,
  class: rule.class,
  positionId: rule.positionId,
  from: rule.from,
  ...(rule.upTo && { upTo: moneyMessage(rule.upTo) }),
  ...(rule.until !== undefined && { until: rule.until }),
  ...(rule.externalRef && { externalRef: rule.externalRef }),
  etag: etagOf(rule),
})

const readFacts = ({ positionId, upTo, from, until, ...request }: CreateAuthorityRuleRequest): RuleFacts => ({
  class: request.class,
  positionId,
  from: parseBusinessDate(from),
  ...(upTo && { upTo: readMoney(upTo) }),
  ...(until !== undefined && { until: parseBusinessDate(until) }),
})

const factsOf = ({ positionId, upTo, from, ...rule }: AuthorityRule) => ({
  class: rule.class,
  positionId,
  upTo: upTo && `${upTo.currency} ${upTo.minor}`,
  from,
})

/** A position has one limit for a class on any day. */
const expectFree = async (tx: Tx, books: Books, scope: Scope, facts: RuleFacts): Promise<void> => {
  const { class: caseClass, positionId } = facts
  const rules = await tx.findBy(books.authorityRules, scope, { class: caseClass, positionId })
  // A rule that ended on its first day never was.
  const other = rules.find((rule) => rule.until !== rule.from && overlaps(rule, facts))
  if (other) throw conflict('authority_rule_exists', { id: other.id })
}

/** Whoever holds the position decides the cases, so making the rule is giving that to each of them. */
const expectRuleCovered = async (tx: Tx, books: Books, call: GrantingCall, facts: RuleFacts): Promise<void> => {
  const given = [{ decides: facts.class, upTo: facts.upTo }]
  await expectCovered(tx, books, { call, given })
}

const ruling = (books: Books): GrantAct<typeof CreateAuthorityRuleRequestSchema, typeof AuthorityRuleSchema> => ({
  method: AuthorityService.method.createAuthorityRule,
  answer: AuthorityRuleSchema,
  subject: ({ positionId }) => `positions/${positionId}`,
  async perform(tx, request, call) {
    const scope = wholeCompany(call)
    const { companyId } = call.actor
    const facts = { ...readFacts(request), ...readExternalRef(call.actor, request.externalRef) }
    const decision = grant(newId(), companyId, facts)
    const known = await knownBy(tx, books.authorityRules, decision.next, factsOf)
    if (known) return view(known)
    await tx.get(books.positions, scope, facts.positionId)
    await takeTurn(tx, books.guards, companyId, `authority/${facts.class}/${facts.positionId}`)
    await expectFree(tx, books, scope, facts)
    await expectRuleCovered(tx, books, call, facts)
    const rule = tx.save(books.authorityRules, decision)
    await rerouteUnroutable(tx, books, companyId)
    return view(rule)
  },
})

export const authorityActs = (books: Books): readonly Performer[] => [
  performerOf(ruling(books)),
  ...delegationActs(books),
]

export const authorityRpc = (books: Books): Implementation<typeof AuthorityService> => ({
  createAuthorityRule: (request, call) => attempt(books, ruling(books), request, call),

  getAuthorityRule: async ({ authorityRuleId }, call) =>
    view(await books.authorityRules.get(ownCompany(call), authorityRuleId)),

  async listAuthorityRules(request, call) {
    const page = await books.authorityRules.list(ownCompany(call), queryOf(request, { class: request.class }))
    return { authorityRules: page.items.map(view), ...pageFacts(page) }
  },

  endAuthorityRule(request, call) {
    const scope = wholeCompany(call)
    return books.store.answer(call, AuthorityRuleSchema, async (tx) => {
      const rule = await tx.get(books.authorityRules, scope, request.authorityRuleId)
      expectEtag(rule, request.etag)
      const ended = tx.save(books.authorityRules, endRule(rule, parseBusinessDate(request.until)))
      await rerouteCasesUnder(tx, books, rule, request.until)
      return view(ended)
    })
  },

  ...delegationRpc(books),
})
