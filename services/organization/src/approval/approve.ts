import type { Decision } from '@saleswright/kernel'
import {
  type Act,
  type Approval,
  decided,
  move,
  type Person,
  seatAmong,
  signed,
  signerIds,
  stepped,
  type Voice,
  voiceOf,
} from './approval.ts'

/** The seat that somebody's approval fills: that of the approver who decides, or of a signer. */
type Seat = { readonly voice: Voice; readonly leads: boolean; readonly signs: string | undefined }

const hasSpoken = ({ approvedBy, signers }: Approval, id: string): boolean =>
  approvedBy?.personId === id ||
  signers.some(({ approved, personId, signedBy = personId }) => approved && signedBy === id)

/** One voice fills one seat, however many seats it could speak for: a second signature is a second person's. */
const seatOf = (approval: Approval, by: Person): Seat | undefined => {
  const { approvedBy, approverIds, signers } = approval
  const free = signers.filter(({ approved }) => !approved).map(({ personId }) => personId)
  if (hasSpoken(approval, by.id)) return undefined
  if (free.includes(by.id)) return { voice: { personId: by.id }, leads: false, signs: by.id }
  const chief = approvedBy ? undefined : seatAmong(approverIds, by)
  if (chief) return { voice: chief, leads: true, signs: undefined }
  const voice = seatAmong(free, by)
  return voice && { voice, leads: false, signs: voice.onBehalfOf }
}

/** Approved when the approver and every signer have said so. Said again by the same person, it is no event. */
export const approve = (approval: Approval, act: Act): Decision<Approval> => {
  const { by } = act
  voiceOf(approval, by, [...approval.approverIds, ...signerIds(approval)])
  const again = approval.status === 'approved' && hasSpoken(approval, by.id)
  if (again) return { next: approval, events: [] }
  if (approval.status !== 'pending') move(approval, 'approved')
  const seat = seatOf(approval, by)
  if (!seat) return { next: approval, events: [] }
  const filled = {
    ...approval,
    approvedBy: seat.leads ? seat.voice : approval.approvedBy,
    signers: approval.signers.map((signer) =>
      signer.personId === seat.signs ? { ...signer, approved: true, signedBy: by.id } : signer,
    ),
  }
  const next = stepped(filled, seat.voice, 'approved', act)
  const isWhole = next.approvedBy !== undefined && next.signers.every(({ approved }) => approved)
  return isWhole ? decided(next, 'approved', next.approvedBy, act) : signed(next, 'approved', seat.voice)
}
