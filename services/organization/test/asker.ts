import { create, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import { when } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import {
  type ApprovalDecided,
  ApprovalDecidedSchema,
  ApprovalNeededSchema,
  ApprovalWithdrawnSchema,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { type Aggregate, companyScope, derivedId } from '@saleswright/kernel'
import type { Platform, ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository } from '@saleswright/store'
import { Schema } from 'mongoose'

type Asked = Aggregate & { readonly hash: string }

const asked: Mapping<Asked, { hash: string }> = {
  name: 'asked',
  collection: 'asked',
  schema: new Schema({ hash: String }, { _id: false }),
  version: 1,
  document: ({ hash }) => ({ hash }),
  record: ({ hash }) => ({ hash }),
}

type Need = MessageInitShape<typeof ApprovalNeededSchema> & { companyId: string; requesterId: string; unitId: string }

/** Stands where orders stands: it needs decisions, and hears them. */
export const anAsker = () => {
  let open: { readonly platform: Platform; readonly repository: Repository<Asked> } | undefined
  const decisions: ApprovalDecided[] = []
  const definition: ServiceDefinition = {
    name: 'orders',
    build(platform) {
      open = { platform, repository: platform.store.repository(asked) }
      const hear = when(ApprovalDecidedSchema, async (event) => void decisions.push(event))
      const heard = { name: 'decisions', from: ['organization'], handlers: [hear] }
      return { bounds: [], mappings: [asked], reactions: [heard] }
    },
  }
  const tell = async (companyId: string, id: string, event: Message): Promise<void> => {
    const { platform, repository } = open!
    await platform.store.transact(platform.cause(), async (tx) => {
      const next = (await tx.find(repository, companyScope(companyId), id)) ?? { id, companyId, version: 0, hash: '' }
      tx.save(repository, { next: { ...next, hash: `${next.version}` }, events: [event] })
    })
  }
  return {
    definition,
    decisions,
    /** Gives the case's id. */
    async need(need: Need): Promise<string> {
      const { subject = 'orders/1', contentHash = 'hash' } = need
      const caseId = derivedId(subject, contentHash)
      const event = create(ApprovalNeededSchema, {
        class: 'price_under_rep_floor',
        businessDate: '2026-03-02',
        neededAt: instant(new Date('2026-03-02T02:00:00Z')),
        snapshot: '{}',
        ...need,
        caseId,
        subject,
        contentHash,
      })
      await tell(need.companyId, derivedId(subject), event)
      return caseId
    },
    withdraw: (companyId: string, caseId: string, subject = 'orders/1'): Promise<void> =>
      tell(companyId, derivedId(subject), create(ApprovalWithdrawnSchema, { caseId, subject, companyId })),
  }
}
