import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/**
 * The secret that an application got with a version of its record. It is made of this service's key, so that a repeated request is
 * answered with the same secret although only its hash is kept.
 */
export const clientSecret = (key: Uint8Array, applicationId: string, version: number): string =>
  `sws_${createHmac('sha256', key).update(`client|${applicationId}|${version}`).digest('base64url')}`

/** Compares with every hash, whichever fits. Without any it is false. */
export const fitsOne = (hashes: readonly string[], secret: string): boolean => {
  const shown = Buffer.from(hashSecret(secret))
  return hashes.map((hash) => timingSafeEqual(Buffer.from(hash), shown)).includes(true)
}
