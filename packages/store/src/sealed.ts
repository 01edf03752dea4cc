import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/** A personal text as it is stored: sealed, with the name of the key that it was sealed under (decisions 39). */
export type Sealed = { readonly ct: string; readonly keyId: string }

/** Where a text belongs: it opens nowhere else. */
export type SealedAt = {
  /** Whose it is. Each subject has a key of its own. */
  readonly subject: string
  /** Which of the subject's texts it is: "phone". */
  readonly field: string
}

type Keys = { readonly key: KeyObject; readonly nonceKey: KeyObject }

export type Sealer = {
  readonly seal: (at: SealedAt, text: string) => Sealed
  /** Throws where the key or the place is another one, or where the bytes were changed. */
  readonly open: (at: SealedAt, sealed: Sealed) => string
}

const [IV, TAG] = [12, 16]
/** Deriving keys takes longer than sealing with them; whoever orders once orders again. */
const KEPT_KEYS = 1_000
const CIPHER = 'aes-256-gcm'

/**
 * AES-256-GCM under a key of each subject, bound to service, subject and field. The nonce comes from the text and its place
 * (as in SIV), so that one text gives the same bytes in one place alone, and a record that is saved unchanged stays unchanged.
 */
export const sealerOf = (secret: Uint8Array, service: string): Sealer => {
  const keyId = createHash('sha256').update(`sealed/${service}`).update(secret).digest('hex').slice(0, 8)
  const kept = new Map<string, Keys>()
  const keysOf = (subject: string): Keys => {
    const known = kept.get(subject)
    if (known) return known
    const bytes = Buffer.from(hkdfSync('sha256', secret, subject, `sealed/${service}`, 64))
    const keys = { key: createSecretKey(bytes.subarray(0, 32)), nonceKey: createSecretKey(bytes.subarray(32)) }
    const [oldest] = kept.keys()
    if (kept.size === KEPT_KEYS && oldest !== undefined) kept.delete(oldest)
    kept.set(subject, keys)
    return keys
  }
  const boundTo = ({ subject, field }: SealedAt) => Buffer.from(JSON.stringify([service, subject, field]))
  return {
    seal: (at, text) => {
      const { key, nonceKey } = keysOf(at.subject)
      const iv = createHmac('sha256', nonceKey).update(boundTo(at)).update(text).digest().subarray(0, IV)
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(at))
      const sealed = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return { ct: Buffer.concat(sealed).toString('base64'), keyId }
    },
    open: (at, { ct, keyId: under }) => {
      if (under !== keyId) throw new Error(`It is sealed under the key ${under}, and ${service} has ${keyId}`)
      const bytes = Buffer.from(ct, 'base64')
      const decipher = createDecipheriv(CIPHER, keysOf(at.subject).key, bytes.subarray(0, IV), { authTagLength: TAG })
      decipher.setAAD(boundTo(at)).setAuthTag(bytes.subarray(-TAG))
      return decipher.update(bytes.subarray(IV, -TAG), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
