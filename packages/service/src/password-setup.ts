import { createHmac, timingSafeEqual } from 'node:crypto'

/** Which of an account's one-time links a token is for. */
export type PasswordSetup = { readonly companyId: string; readonly personId: string; readonly number: number }

const FORM = /^(?<companyId>[0-9a-f-]{36})\.(?<personId>[0-9a-f-]{36})\.(?<number>\d{1,9})\.(?<proof>[\w-]{43})$/

/**
 * Tokens of one-time links, made from the secret of organization: nothing that is stored or answered holds one. Here and not in
 * organization, for the operator's command on the machine writes them too.
 */
export const passwordSetupTokens = (secret: Uint8Array) => {
  const proofOf = ({ companyId, personId, number }: PasswordSetup): string =>
    createHmac('sha256', secret).update(`password-setup|${companyId}|${personId}|${number}`).digest('base64url')
  return {
    issue: (setup: PasswordSetup): string => `${setup.companyId}.${setup.personId}.${setup.number}.${proofOf(setup)}`,
    /** Undefined for what was never issued. */
    read: (token: string): PasswordSetup | undefined => {
      const { companyId = '', personId = '', number = '', proof = '' } = FORM.exec(token)?.groups ?? {}
      const setup = { companyId, personId, number: Number(number) }
      const [expected, shown] = [Buffer.from(proofOf(setup)), Buffer.from(proof)]
      return expected.length === shown.length && timingSafeEqual(expected, shown) ? setup : undefined
    },
  }
}
export type PasswordSetupTokens = ReturnType<typeof passwordSetupTokens>

/** The page where a password is set; the token stands behind the #, where no server and no log sees it. */
export const passwordSetupLink = (publicUrl: string, token: string): string =>
  `${new URL('/password-setup', publicUrl).href}#${token}`
