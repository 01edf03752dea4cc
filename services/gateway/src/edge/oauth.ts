import { TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { AppError } from '@saleswright/kernel'
import { type Client, client } from '@saleswright/rpc'
import type { FastifyInstance } from 'fastify'
import { PUBLIC_BODY_LIMIT } from './bodies.ts'
import type { TransportOf } from './routes.ts'

/** A refusal of RFC 6749 §5.2. */
type Refusal = { readonly status: 400 | 401; readonly error: string; readonly description: string }
type Credentials = { readonly id: string; readonly secret: string }

const refusal = (error: string, description: string): Refusal => ({ status: 400, error, description })
const invalidRequest = (description: string): Refusal => refusal('invalid_request', description)

const NO_CREDENTIALS = invalidRequest('client_id and client_secret are needed, by HTTP Basic or in the form')
const TWO_CREDENTIALS = invalidRequest('the client signs in by HTTP Basic or in the form, and not by both')
const INVALID_CLIENT: Refusal = {
  status: 401,
  error: 'invalid_client',
  description: 'there is no such client, its secret is another one, or it was disabled',
}

/** RFC 6749 §4.4: client credentials for a token, with the errors of its §5.2, which are no problem+json. */
export const oauthRoutes = async (
  app: FastifyInstance,
  transportOf: TransportOf,
  ownToken: () => Promise<string>,
): Promise<void> => {
  const tokens = client(TokenService, transportOf(TokenService), ownToken)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: PUBLIC_BODY_LIMIT },
    async (_: unknown, body: string) => new URLSearchParams(body),
  )
  const route = { bodyLimit: PUBLIC_BODY_LIMIT, config: { public: true }, compress: false } as const
  app.post('/oauth/token', route, async ({ body, headers }, reply) => {
    reply.header('cache-control', 'no-store')
    const form = body instanceof URLSearchParams ? body : new URLSearchParams()
    const answer = await issue(tokens, form, headers.authorization)
    if (!('error' in answer)) return answer
    if (answer.status === 401) reply.header('www-authenticate', 'Basic realm="saleswright"')
    return reply.code(answer.status).send({ error: answer.error, error_description: answer.description })
  })
}

const issue = async (tokens: Client<typeof TokenService>, form: URLSearchParams, authorization: string | undefined) => {
  const twice = new Set(form.keys()).size < form.size
  const grant = form.get('grant_type')
  if (twice || !grant) return invalidRequest('grant_type is needed, and every parameter may be given once')
  if (grant !== 'client_credentials') return refusal('unsupported_grant_type', 'only client_credentials is supported')
  const who = credentials(form, authorization)
  if ('error' in who) return who
  try {
    const request = { clientId: who.id, clientSecret: who.secret, scope: form.get('scope') ?? '' }
    const { accessToken, expiresInSeconds, scope } = await tokens.issuePartnerToken(request)
    return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresInSeconds, scope }
  } catch (error) {
    return refusalOf(error)
  }
}

/** What is not the caller's fault stays a problem like any other. */
const refusalOf = (error: unknown): Refusal => {
  if (!(error instanceof AppError)) throw error
  if (error.code === 'invalid_client') return INVALID_CLIENT
  if (error.code === 'invalid_scope') return refusal('invalid_scope', 'the client has not all of this scope')
  if (error.kind === 'invalid') return invalidRequest('a parameter is too long or malformed')
  throw error
}

/** From the Authorization header (§2.3.1) or from the form, and not from both. */
const credentials = (form: URLSearchParams, authorization: string | undefined): Credentials | Refusal => {
  if (authorization === undefined) {
    const [id, secret] = [form.get('client_id'), form.get('client_secret')]
    return id && secret ? { id, secret } : NO_CREDENTIALS
  }
  if (form.has('client_secret')) return TWO_CREDENTIALS
  const pair = /^basic (?<pair>[\w+/=-]+)$/i.exec(authorization)?.groups?.pair ?? ''
  const text = Buffer.from(pair, 'base64').toString()
  const colon = text.indexOf(':')
  const [id, secret] = [decoded(text.slice(0, Math.max(colon, 0))), decoded(text.slice(colon + 1))]
  if (form.has('client_id') && form.get('client_id') !== id) return TWO_CREDENTIALS
  return id && secret ? { id, secret } : INVALID_CLIENT
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
