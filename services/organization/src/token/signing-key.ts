import { create } from '@bufbuild/protobuf'
import { SigningKeyRotatedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { Aggregate, Decision } from '@saleswright/kernel'

/** An Ed25519 key of the installation. It is never changed: what follows it decides how long it is believed. */
export type SigningKey = Aggregate & {
  readonly kid: string
  /** The public half, as in a JWK. */
  readonly x: string
  /** The private half (PKCS #8, PEM), sealed for this kid alone. */
  readonly sealed: { readonly ct: string; readonly keyId: string }
  readonly signsFrom: Date
}

/** Minutes: nobody has to sign out a token, it goes by itself. */
export const TOKEN_SECONDS = 300

/** Others ask for unknown keys at most every ten seconds: a key that is shown so long before it signs is known to everybody. */
const SHOWN_BEFORE_MS = 30_000
/** The last token of a key, the clocks of others, and a process that signs with what it read a moment ago. */
const BELIEVED_BEHIND_MS = (TOKEN_SECONDS + 120) * 1000

export type KeyMaterial = Pick<SigningKey, 'id' | 'companyId' | 'kid' | 'x' | 'sealed'>

/** The first key signs at once. */
export const rotate = (known: readonly SigningKey[], material: KeyMaterial, at: Date): Decision<SigningKey> => ({
  next: {
    ...material,
    version: 0,
    signsFrom: known.length === 0 ? at : new Date(at.getTime() + SHOWN_BEFORE_MS),
  },
  events: [create(SigningKeyRotatedSchema, { kid: material.kid })],
})

const inOrder = (keys: readonly SigningKey[]): readonly SigningKey[] =>
  keys.toSorted((left, right) => left.signsFrom.getTime() - right.signsFrom.getTime())

/** The newest whose time has come; before the first one's, by a clock that is behind, the first. Undefined where there is none. */
export const signingKeyAt = (keys: readonly SigningKey[], at: Date): SigningKey | undefined =>
  inOrder(keys).findLast(({ signsFrom }) => signsFrom <= at) ?? inOrder(keys)[0]

/** Those to come, the one that signs, and those whose last tokens may still be about. */
export const believedAt = (keys: readonly SigningKey[], at: Date): readonly SigningKey[] =>
  inOrder(keys).filter((_, index, all) => {
    const successor = all[index + 1]
    return !successor || at.getTime() < successor.signsFrom.getTime() + BELIEVED_BEHIND_MS
  })
