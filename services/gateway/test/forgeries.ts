import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { newId } from '@saleswright/kernel'
import type { Json } from './http.ts'

type Part = Readonly<Record<string, unknown>>
type Signer = (text: string) => Buffer
type Forgery = readonly [wrong: string, token: string]

const coded = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const decoded = (part: string): Part => JSON.parse(Buffer.from(part, 'base64url').toString())
const compact = (header: Part, claims: Part, signer: Signer): string => {
  const text = `${coded(header)}.${coded(claims)}`
  return `${text}.${signer(text).toString('base64url')}`
}

/** A real token in its parts. */
type Real = {
  readonly header: Part
  readonly claims: Part
  readonly raw: { readonly header: string; readonly claims: string; readonly signature: string }
}

const partsOf = (token: string): Real => {
  const [header = '', claims = '', signature = ''] = token.split('.')
  return { header: decoded(header), claims: decoded(claims), raw: { header, claims, signature } }
}

/** Tokens that look much like a real one, each by what is wrong with it. None was signed with the key of the installation. */
export const forgeries = (token: string, jwks: Json, at: Date): readonly Forgery[] => {
  const real = partsOf(token)
  const now = Math.floor(at.getTime() / 1000)
  return [
    ...withKeysOfMine(real, now),
    ...withOtherAlgorithms(real, jwks.keys[0]),
    ...withOldSignature(real, now),
    ...broken(real, token),
  ]
}

const withKeysOfMine = ({ header, claims }: Real, now: number): readonly Forgery[] => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const forged = (changes: Part, more: Part = {}) =>
    compact({ ...header, ...more }, { ...claims, ...changes }, (text) => sign(null, Buffer.from(text), privateKey))
  return [
    ['the key of somebody else under the kid of the installation', forged({})],
    ['an unknown kid', forged({}, { kid: newId() })],
    ['no kid', forged({}, { kid: undefined })],
    ['a kid that is a path', forged({}, { kid: '../../dev/null' })],
    ['a key inside the token', forged({}, { jwk: publicKey.export({ format: 'jwk' }) })],
    ['a key from elsewhere', forged({}, { jku: 'https://elsewhere.example/jwks.json' })],
    ['a certificate from elsewhere', forged({}, { x5u: 'https://elsewhere.example/x.pem' })],
    ['an unknown critical header', forged({}, { crit: ['b64'], b64: false })],
    ['an end in the past', forged({ iat: now - 900, exp: now - 600 })],
    ['a beginning in the future', forged({ nbf: now + 3600 })],
    ['another issuer', forged({ iss: 'elsewhere' })],
    ['another audience', forged({ aud: 'elsewhere' })],
  ]
}

const withOtherAlgorithms = ({ header, claims, raw }: Real, jwk: Json): readonly Forgery[] => {
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
  const hmac =
    (secret: string | Buffer, kind = 'sha256'): Signer =>
    (text) =>
      createHmac(kind, secret).update(text).digest()
  const sha256 =
    (key: KeyObject): Signer =>
    (text) =>
      sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const by = (alg: string, signer: Signer) => compact({ ...header, alg }, claims, signer)
  const unsigned = (alg: string) => `${coded({ ...header, alg })}.${raw.claims}.`
  return [
    ['alg none without a signature', unsigned('none')],
    ['alg None', unsigned('None')],
    ['alg none with the old signature', unsigned('none') + raw.signature],
    ['HS256 with the public key as its secret', by('HS256', hmac(pem))],
    ['HS256 with that key without its last line end', by('HS256', hmac(pem.trimEnd()))],
    ['HS256 with its raw bytes', by('HS256', hmac(Buffer.from(jwk.x, 'base64url')))],
    ['HS512 with nothing', by('HS512', hmac('', 'sha512'))],
    ['RS256', by('RS256', sha256(rsa))],
    ['ES256', by('ES256', sha256(ec))],
    ['ES256 with a signature of zeros', by('ES256', () => Buffer.alloc(64))],
  ]
}

const withOldSignature = ({ claims, raw }: Real, now: number): readonly Forgery[] => {
  const swapped = (part: Part) => `${raw.header}.${coded({ ...claims, ...part })}.${raw.signature}`
  return [
    ['another subject under the old signature', swapped({ sub: newId() })],
    ['more grants under the old signature', swapped({ grants: ['organization.units.write@company'] })],
    ['another partner under the old signature', swapped({ partnerId: newId() })],
    ['another company under the old signature', swapped({ companyId: newId() })],
    ['the kind of a service under the old signature', swapped({ kind: 'service' })],
    ['a later end under the old signature', swapped({ exp: now + 86_400 })],
    ['no end under the old signature', swapped({ exp: undefined })],
  ]
}

const broken = ({ header, raw }: Real, token: string): readonly Forgery[] => [
  ['another header under the old signature', `${coded({ ...header, typ: 'at+jwt' })}.${raw.claims}.${raw.signature}`],
  ['a padded signature', `${token}==`],
  ['half a signature', token.slice(0, -4)],
  ['no signature', `${raw.header}.${raw.claims}`],
  ['five parts', `${token}.a.b`],
  ['no token', 'x'],
]
