import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'

/** A personal field as it is stored: sealed for its subject, with the name of the key it was sealed under (decisions 39). */
export type Sealed = { readonly ct: string; readonly keyId: string }

export type Sealer = {
  readonly seal: (subject: string, text: string) => Sealed
  /** Throws where the key is another one or the text was changed. */
  readonly open: (subject: string, sealed: Sealed) => string
}

const [IV, TAG] = [12, 16]

/**
 * AES-256-GCM under a key of each subject. The nonce comes from the text itself (as in SIV), so that the same text gives the
 * same bytes and a record that is saved unchanged stays unchanged.
 */
export const sealerOf = (secret: Uint8Array): Sealer => {
  const keyId = createHash('sha256').update('contact').update(secret).digest('hex').slice(0, 8)
  const keyOf = (subject: string) => Buffer.from(hkdfSync('sha256', secret, subject, 'contact', 32))
  return {
    seal: (subject, text) => {
      const key = keyOf(subject)
      const iv = createHmac('sha256', key).update(text).digest().subarray(0, IV)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return { ct: Buffer.concat(sealed).toString('base64'), keyId }
    },
    open: (subject, { ct, keyId: under }) => {
      if (under !== keyId) throw new Error(`A contact is sealed under the key ${under}, and this service has ${keyId}`)
      const bytes = Buffer.from(ct, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', keyOf(subject), bytes.subarray(0, IV))
      decipher.setAuthTag(bytes.subarray(-TAG))
      return decipher.update(bytes.subarray(IV, -TAG), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
