import { create } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  PartnerApplicationChangedSchema,
  SessionsRevokedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Aggregate, type Decision, mover } from '@saleswright/kernel'

export type Status = 'active' | 'disabled'
export const TRANSITIONS = { active: ['disabled'], disabled: [] } as const satisfies Record<Status, readonly Status[]>
const move = mover<Status>('partner_application', TRANSITIONS)

/** SHA-256 of a client secret, hex; one without an end is the current one. */
type SecretHash = { readonly hash: string; readonly until?: Date | undefined }

/** A program of a partner that calls the order gateway; it lies in the partner's rows. */
export type PartnerApplication = Aggregate & {
  readonly partnerId: string
  readonly name: string
  readonly clientId: string
  readonly status: Status
  readonly secrets: readonly SecretHash[]
}

type Told = { readonly secretRotated?: boolean }

const told = (next: PartnerApplication, { secretRotated = false }: Told = {}): Decision<PartnerApplication> => ({
  next,
  events: [
    create(PartnerApplicationChangedSchema, {
      partnerApplicationId: next.id,
      partnerId: next.partnerId,
      clientId: next.clientId,
      disabled: next.status === 'disabled',
      secretRotated,
    }),
  ],
})

type Facts = Pick<PartnerApplication, 'companyId' | 'partnerId' | 'name' | 'clientId'>

export const register = (id: string, facts: Facts, secretHash: string): Decision<PartnerApplication> =>
  told({ id, version: 0, status: 'active', secrets: [{ hash: secretHash }], ...facts })

const OVERLAP_MS = 86_400_000

/** The old secret stays good for a day; one that was replaced before goes when its day is over. */
export const rotateSecret = (
  application: PartnerApplication,
  secretHash: string,
  at: Date,
): Decision<PartnerApplication> => {
  if (application.status === 'disabled') move(application, 'disabled')
  const until = new Date(at.getTime() + OVERLAP_MS)
  const kept = application.secrets
    .filter((secret) => secret.until === undefined || secret.until > at)
    .map((secret) => ({ ...secret, until: secret.until ?? until }))
  return told({ ...application, secrets: [...kept, { hash: secretHash }] }, { secretRotated: true })
}

/** Its tokens are refused from now on. */
export const disable = (application: PartnerApplication, at: Date): Decision<PartnerApplication> => {
  if (application.status === 'disabled') return { next: application, events: [] }
  const decision = told(move(application, 'disabled'))
  const revoked = create(SessionsRevokedSchema, {
    subjectId: application.id,
    issuedBefore: instant(at),
    reason: 'application_disabled',
  })
  return { ...decision, events: [...decision.events, revoked] }
}

/** Hashes that open the application now; none for a disabled one. */
export const goodHashes = ({ status, secrets }: PartnerApplication, at: Date): readonly string[] =>
  status === 'disabled' ? [] : secrets.filter(({ until }) => until === undefined || at < until).map(({ hash }) => hash)
