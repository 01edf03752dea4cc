import { type Claims, sign } from '@saleswright/rpc'
import type { KeyChain } from './key-chain.ts'
import { TOKEN_SECONDS } from './signing-key.ts'

type Issued = { readonly accessToken: string; readonly expiresInSeconds: number }
export type AccessTokens = { readonly issue: (claims: Claims, at: Date) => Promise<Issued> }

export const accessTokens = (chain: KeyChain, issuer: string): AccessTokens => ({
  issue: async (claims, at) => ({
    accessToken: await sign(claims, await chain.signer(at), { issuer, now: at, expiresInSeconds: TOKEN_SECONDS }),
    expiresInSeconds: TOKEN_SECONDS,
  }),
})
