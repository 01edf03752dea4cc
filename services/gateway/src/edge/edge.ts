import type { Socket } from 'node:net'
import type { DescService } from '@bufbuild/protobuf'
import helmet from '@fastify/helmet'
import { type Clock, newId } from '@saleswright/kernel'
import type { Log, Verify } from '@saleswright/rpc'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Blobs } from '../file/blobs.ts'
import { openApiDocument } from '../openapi/document.ts'
import { docsPages } from './docs.ts'
import { fileUpload } from './file-upload.ts'
import { limitRate, policiesOf } from './limits.ts'
import { oauthRoutes } from './oauth.ts'
import { sendProblem } from './problem.ts'
import { rateLimiter } from './rate-limit.ts'
import { contractRoutes, requestId, type TransportOf } from './routes.ts'
import { unknownRoute } from './unknown-route.ts'

export type EdgeOptions = {
  readonly services: readonly DescService[]
  readonly transportOf: TransportOf
  readonly verify: Verify
  /** The gateway's own token, for what it asks on its own behalf. */
  readonly ownToken: () => Promise<string>
  readonly blobs: Blobs
  readonly clock: Clock
  readonly log: Log
  /** Requests a minute that a partner may make; staff twice as many, strangers a tenth. */
  readonly perMinute: number
  readonly ready: () => Promise<boolean>
}

/** Larger bodies are 413; uploaded files have a limit of their own. */
const BODY_LIMIT = 1_048_576
/** Fastify and Node wait without end for a slow body unless they are told otherwise, and look only every 30 s. */
const TIMEOUTS = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 }
const MAX_HEADER_BYTES = 16_384

/** The HTTP edge: the contracts as routes, with everything that is done for every request in one place. */
export const edge = async (options: EdgeOptions): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: TIMEOUTS.requestTimeout,
    http: {
      headersTimeout: TIMEOUTS.headersTimeout,
      connectionsCheckingInterval: TIMEOUTS.connectionsCheckingInterval,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    genReqId: (request) => requestId(request.headers['x-request-id']),
    clientErrorHandler,
    routerOptions: { maxParamLength: 500 },
  }) as unknown as FastifyInstance
  app.setErrorHandler(sendProblem)
  unknownRoute(app)
  await app.register(helmet, { contentSecurityPolicy: CONTENT_POLICY })
  everyAnswer(app, options)
  const limit = limitRate(rateLimiter(options.clock), policiesOf(options.perMinute), options.verify)
  await app.register(async (limited) => {
    limited.addHook('onRequest', limit)
    const bindings = contractRoutes(limited, options.services, options.transportOf)
    oauthRoutes(limited, options.transportOf, options.ownToken)
    await fileUpload(limited, options)
    await docsPages(app, openApiDocument(bindings))
  })
  probes(app, options.ready)
  return app
}

/** Nothing from elsewhere runs in the reference page; plain-http intranet hosts stay plain http. */
const CONTENT_POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    upgradeInsecureRequests: null,
  },
}

const everyAnswer = (app: FastifyInstance, { log }: EdgeOptions): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    const { traceparent } = request.headers
    if (typeof traceparent === 'string') reply.header('traceparent', traceparent)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const line = { requestId: request.id, method, route: routeOptions.url, status: reply.statusCode }
    log.info({ ...line, durationMs: reply.elapsedTime }, 'request')
  })
}

const probes = (app: FastifyInstance, ready: () => Promise<boolean>): void => {
  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    if (await ready()) return { status: 'ok' }
    return reply.code(503).header('retry-after', '1').send({ status: 'starting' })
  })
}

const STATUS_LINES: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'headers_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request_timeout'],
}

/** What is refused before there is a request: the connection is answered by hand and closed. */
const clientErrorHandler = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, title, code] = STATUS_LINES[error.code ?? ''] ?? [400, 'Bad Request', 'malformed_request']
  const body = JSON.stringify({ type: `/docs/problems#${code}`, title, status, code, traceId: newId() })
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
