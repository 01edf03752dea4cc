import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Personal fields as they lie in a document (decisions 39): what was sealed, and by which key. */
type Sealed = { readonly ct: string; readonly keyId: string }

/** Seals under a key of the subject's own, so that another subject's key opens nothing of it. */
export type Sealer = {
  readonly seal: (subject: string, value: unknown) => Sealed
  readonly open: (subject: string, sealed: Sealed) => unknown
}

const NONCE = 12
const TAG = 16
const KEY_ID = 'v1'

export const sealer = (secret: Uint8Array): Sealer => {
  const keyOf = (subject: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, subject, `orders/sealed/${KEY_ID}`, 32))
  return {
    seal: (subject, value) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', keyOf(subject), nonce)
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return { ct: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64'), keyId: KEY_ID }
    },
    open: (subject, { ct }) => {
      const bytes = Buffer.from(ct, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', keyOf(subject), bytes.subarray(0, NONCE))
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
      return JSON.parse(opened.toString('utf8'))
    },
  }
}
