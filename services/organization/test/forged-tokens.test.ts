import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { KeyService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCompany, clientsOf, start } from './platform.ts'

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const own = generateKeyPairSync('ed25519')

let good = ''
let pem = ''
let me: (token: string) => Promise<unknown> = async () => undefined

// One installation for all of them: nothing here changes it.
const { hosted } = await start([], {}, afterAll)

beforeAll(async () => {
  const { token } = await aCompany(hosted)
  good = token
  const [jwk] = (await client(KeyService, hosted.transportOf(KeyService)).getJwks({})).keys
  const key = createPublicKey({ key: { kty: jwk!.kty, crv: jwk!.crv, x: jwk!.x }, format: 'jwk' })
  pem = key.export({ type: 'spki', format: 'pem' }).toString()
  me = (text) => clientsOf(hosted).sessions.getMe({}, { token: text })
})

const parts = () => ({ header: decodeProtectedHeader(good), payload: decodeJwt(good) })
const signature = () => good.split('.')[2]!
const signedByUs = (header: object, payload: object) => {
  const text = `${base64(header)}.${base64(payload)}`
  return `${text}.${signBytes(null, Buffer.from(text), own.privateKey).toString('base64url')}`
}
const hs256 = (secret: string) => {
  const text = `${base64({ ...parts().header, alg: 'HS256' })}.${base64(parts().payload)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const withPayload = (changes: object) =>
  `${base64(parts().header)}.${base64({ ...parts().payload, ...changes })}.${signature()}`
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The last character of 64 bytes carries four bits that nobody reads. */
const next = (character: string) => ALPHABET[ALPHABET.indexOf(character) ^ 1]!
/** Its signature has `-` or `_` nearly always; where it has neither, padding makes it another text. */
const plainly = (token: string) => {
  const [header, payload, signed = ''] = token.split('.')
  const plain = signed.replaceAll('-', '+').replaceAll('_', '/')
  return `${header}.${payload}.${plain === signed ? `${plain}==` : plain}`
}
const now = () => Math.floor(Date.now() / 1000)

test('the token that the forgeries start from is good', async () => {
  await expect(me(good)).resolves.toBeDefined()
})

test.each<[string, () => string]>([
  ['no algorithm', () => `${base64({ ...parts().header, alg: 'none' })}.${base64(parts().payload)}.`],
  [
    'no algorithm, written otherwise',
    () => `${base64({ ...parts().header, alg: 'NoNe' })}.${base64(parts().payload)}.`,
  ],
  ['no signature', () => `${good.split('.').slice(0, 2).join('.')}.`],
  ['an HMAC made with the public key', () => hs256(pem)],
  ['an HMAC made with the public key without its last newline', () => hs256(pem.trim())],
  ['an HMAC made with the public half as in the key set', () => hs256(parts().header.kid ?? '')],
  ['another installation’s signature under our key id', () => signedByUs(parts().header, parts().payload)],
  ['an unknown key id', () => signedByUs({ ...parts().header, kid: newId() }, parts().payload)],
  ['no key id', () => signedByUs({ alg: 'EdDSA', typ: 'JWT' }, parts().payload)],
  [
    'a key of its own in the header',
    () => signedByUs({ ...parts().header, jwk: own.publicKey.export({ format: 'jwk' }) }, parts().payload),
  ],
  ['a key id that is a path', () => signedByUs({ ...parts().header, kid: '../../dev/null' }, parts().payload)],
  ['an unknown critical header', () => signedByUs({ ...parts().header, crit: ['exp2'], exp2: 1 }, parts().payload)],
  ['more grants under the old signature', () => withPayload({ grants: ['migration@company'] })],
  ['another company under the old signature', () => withPayload({ companyId: newId() })],
  ['another person under the old signature', () => withPayload({ sub: newId() })],
  ['another kind under the old signature', () => withPayload({ kind: 'service' })],
  ['a later end under the old signature', () => withPayload({ exp: now() + 86_400 })],
  [
    'a header changed under the old signature',
    () => `${base64({ ...parts().header, typ: 'at+jwt' })}.${good.split('.').slice(1).join('.')}`,
  ],
  ['the signature cut short', () => good.slice(0, -4)],
  ['the signature with padding', () => `${good}==`],
  ['the signature with a blank inside', () => `${good.slice(0, -4)}\n${good.slice(-4)}`],
  ['the signature with loose bits at its end', () => good.slice(0, -1) + next(good.at(-1)!)],
  ['the signature in the alphabet of plain base64', () => plainly(good)],
  ['two tokens in one', () => `${good}.${signature()}`],
  ['no token', () => 'x'],
])('%s: refused', async (_, forge) => {
  await expect(me(forge())).rejects.toMatchObject({ kind: 'unauthenticated', code: 'token_invalid' })
})
