import { TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { AppError } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TransportOf } from './routes.ts'

type Form = Readonly<Record<string, string | undefined>>

/** RFC 6749 §4.4: client credentials for a token, with the errors of its §5.2, which are no problem+json. */
export const oauthRoutes = (app: FastifyInstance, transportOf: TransportOf, ownToken: () => Promise<string>): void => {
  const tokens = client(TokenService, transportOf(TokenService), ownToken)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.post('/oauth/token', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const form = (request.body ?? {}) as Form
    const refuse = (status: number, error: string) => reply.code(status).send({ error })
    if (form.grant_type !== 'client_credentials') return refuse(400, 'unsupported_grant_type')
    const { id, secret } = credentials(request, form)
    if (!id || !secret) return refuse(400, 'invalid_request')
    try {
      const answer = await tokens.issuePartnerToken({ clientId: id, clientSecret: secret, scope: form.scope ?? '' })
      return {
        access_token: answer.accessToken,
        token_type: 'Bearer',
        expires_in: answer.expiresInSeconds,
        scope: answer.scope,
      }
    } catch (error) {
      if (!(error instanceof AppError) || !['unauthenticated', 'invalid'].includes(error.kind)) throw error
      reply.header('www-authenticate', 'Basic realm="saleswright"')
      return refuse(401, 'invalid_client')
    }
  })
}

/** From the Authorization header (§2.3.1) or from the form. */
const credentials = (request: FastifyRequest, form: Form) => {
  const basic = /^basic (?<pair>\S+)$/i.exec(request.headers.authorization ?? '')?.groups?.pair
  if (!basic) return { id: form.client_id, secret: form.client_secret }
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decoded)
  return { id, secret }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
