import { createHmac, timingSafeEqual } from 'node:crypto'

export type RefreshToken = { readonly companyId: string; readonly sessionId: string; readonly generation: number }

const FORM = /^(?<companyId>[0-9a-f-]{36})\.(?<sessionId>[0-9a-f-]{36})\.(?<generation>\d{1,9})\.(?<proof>[\w-]{43})$/

/**
 * Names its session and which one of its tokens it is, with a proof that we said so: a token of an earlier generation is told from one
 * that somebody made up, and the store holds nothing that could be used as one.
 */
export const refreshTokens = (secret: Uint8Array) => {
  const proofOf = ({ companyId, sessionId, generation }: RefreshToken): string =>
    createHmac('sha256', secret).update(`refresh|${companyId}|${sessionId}|${generation}`).digest('base64url')
  return {
    issue: (token: RefreshToken): string =>
      `${token.companyId}.${token.sessionId}.${token.generation}.${proofOf(token)}`,
    /** Undefined for what we never issued. */
    read: (text: string): RefreshToken | undefined => {
      const { companyId = '', sessionId = '', generation = '', proof = '' } = FORM.exec(text)?.groups ?? {}
      const token = { companyId, sessionId, generation: Number(generation) }
      // As text: several texts decode to the same bytes.
      const [expected, shown] = [Buffer.from(proofOf(token)), Buffer.from(proof)]
      return expected.length === shown.length && timingSafeEqual(expected, shown) ? token : undefined
    },
  }
}
export type RefreshTokens = ReturnType<typeof refreshTokens>
