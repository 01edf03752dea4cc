import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { Seal } from '@saleswright/store'

/** What stands before the 32 bytes of an Ed25519 key in PKCS 8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The audit key of a service: derived from the installation's key, so that it needs no place of its own and comes back with it. */
export const auditSeal = (key: Uint8Array, service: string): Seal => {
  const seed = createHmac('sha256', key).update(`audit:${service}`).digest()
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const keyId = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64url')
    .slice(0, 16)
  return {
    keyId,
    sign: (bytes) => sign(null, bytes, privateKey),
    verify: (bytes, signature, signer) => signer === keyId && verify(null, bytes, publicKey, signature),
  }
}
