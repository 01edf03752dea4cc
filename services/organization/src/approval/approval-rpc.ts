import { wordOf } from '@saleswright/contracts'
import { ApprovalSchema, type ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { type Decision, expectEtag } from '@saleswright/kernel'
import { type Call, type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Performer } from '../grant/grant-act.ts'
import { GRANT } from '../grant/grant-snapshot.ts'
import { performGranted } from '../grant/perform-granted.ts'
import { expectThere } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { type Act, type Approval, giveBack, reject, withdraw } from './approval.ts'
import { approvalView, STATUSES } from './approval-view.ts'
import { approve } from './approve.ts'
import { caseToActOn, type DecisionRequest, visibleCase } from './case-access.ts'
import { lentTo } from './delegators.ts'
import { expectMayDecide } from './right-to-decide.ts'
import { addSigner } from './signers.ts'

type Deed = (approval: Approval, act: Act) => Decision<Approval>

type Performers = ReadonlyMap<string, Performer>

export const approvalRpc = (books: Books, performers: Performers): Implementation<typeof ApprovalService> => {
  const act = (deed: Deed) => (request: DecisionRequest, call: Call) =>
    books.store.answer(call, ApprovalSchema, async (tx) => {
      const { approval, by } = await caseToActOn(tx, books, request, call)
      expectEtag(approval, request.etag ?? '')
      const decision = deed(approval, { by, comment: request.comment, at: tx.at })
      const next = tx.save(books.approvals, decision)
      if (decision.events.length > 0) await performGranted(tx, books, performers, { approval: next, call })
      return approvalView(next)
    })

  return {
    getApproval: async ({ approvalId: id }, call) =>
      approvalView(await visibleCase(books, id, call, (scope) => books.approvals.find(scope, id))),

    async listApprovals(request, call) {
      const { status, subject, waitingForMe } = request
      const facts = { status: wordOf(STATUSES, status), class: request.class, subject }
      const query = waitingForMe ? await waitingFor(books, call) : {}
      const scope = waitingForMe ? ownCompany(call) : scopeOf(call)
      const page = await books.approvals.list(scope, queryOf(request, { ...facts, ...query }))
      return { approvals: page.items.map(approvalView), ...pageFacts(page) }
    },

    approve: act(approve),
    reject: act(reject),
    return: act(giveBack),
    withdraw: act(withdraw),
    addSigner: ({ personId, ...request }, call) =>
      books.store.answer(call, ApprovalSchema, async (tx) => {
        const signer = expectThere(await tx.get(books.people, ownCompany(call), personId))
        await expectMayDecide(tx, books, signer, await todayIn(books, call.actor.companyId, tx.at))
        const { approval, by } = await caseToActOn(tx, books, request, call)
        const decision = addSigner(approval, personId, { by, comment: request.comment, at: tx.at })
        return approvalView(tx.save(books.approvals, decision))
      }),
  }
}

/** Seats that nobody has used yet: the caller's own, and those of people for whom the caller decides today. */
const waitingFor = async (books: Books, { actor, at }: Call) => {
  const openSeats = (personId: string) => [
    { approverIds: personId, approvedBy: { $exists: false } },
    { signers: { $elemMatch: { personId, approved: false } } },
  ]
  const lent = (await lentTo(books, actor, at)).flatMap(({ fromPersonId, classes }) =>
    openSeats(fromPersonId).map((seat) => ({ ...seat, class: classes.length > 0 ? { $in: classes } : { $ne: GRANT } })),
  )
  return {
    status: 'pending',
    requesterId: { $ne: actor.id },
    recordedFor: { $ne: actor.id },
    interestedIds: { $ne: actor.id },
    $or: [...openSeats(actor.id), ...lent],
  }
}
