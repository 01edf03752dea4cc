import type { DescService } from '@bufbuild/protobuf'
import { type Clock, newId } from '@saleswright/kernel'
import type { Verify } from '@saleswright/rpc'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Blobs } from '../file/blobs.ts'
import { openApiDocument } from '../openapi/document.ts'
import { type AdmissionLimits, admission } from './admission.ts'
import { admitRequests } from './admit-requests.ts'
import { boundBodies, boundUploads } from './bodies.ts'
import { boundHeaders } from './bounded-headers.ts'
import { cutSlowBodies, refuseUnparsed } from './by-hand.ts'
import { callersBy } from './callers.ts'
import { compressed } from './compressed.ts'
import { boundConnections } from './connections.ts'
import { docsPages } from './docs.ts'
import { EVERY_ANSWER, everyAnswer } from './every-answer.ts'
import { fileDownload } from './file-download.ts'
import { fileUpload, type UploadLimits } from './file-upload.ts'
import { refuseUnknownProxies } from './forwarded.ts'
import { jsonBodies, plainBodies } from './json-body.ts'
import { limitRate, policiesOf } from './limits.ts'
import { type Load, loadWithin } from './load.ts'
import { oauthRoutes } from './oauth.ts'
import { type Observer, observed } from './observed.ts'
import { passwordPage } from './password-page.ts'
import { problemSender } from './problem.ts'
import { rateLimiter } from './rate-limit.ts'
import { contractRoutes, type TransportOf } from './routes.ts'
import { knownRoutes, refuseUnknown } from './unknown-route.ts'

export type EdgeOptions = Observer & {
  readonly services: readonly DescService[]
  readonly transportOf: TransportOf
  readonly verify: Verify
  /** The gateway's own token, for what it asks on its own behalf. */
  readonly ownToken: () => Promise<string>
  readonly blobs: Blobs
  readonly clock: Clock
  /** Requests a minute that a partner may make; staff twice as many, strangers a tenth. */
  readonly perMinute: number
  readonly ready: () => Promise<boolean>
  /** Whether an address is that of a proxy in front, whose X-Forwarded-For is believed; without it nobody's is. */
  readonly isProxy?: ((address: string) => boolean) | undefined
  /** Told of every request that came through a proxy which is none of these. */
  readonly unknownProxy: () => void
  readonly load?: Load | undefined
  readonly times?: Partial<Times> | undefined
  readonly uploads?: UploadLimits | undefined
  readonly admission?: AdmissionLimits | undefined
}

/** Milliseconds. Fastify and Node wait without end for a slow body unless they are told otherwise, and look only every 30 s. */
type Times = {
  readonly headers: number
  readonly body: number
  /** For the body of an upload. */
  readonly upload: number
  /** Without a byte in either direction while a request is under way: whoever does not read its answer is cut. */
  readonly stalled: number
  readonly between: number
}

const TIMES: Times = { headers: 10_000, body: 30_000, upload: 600_000, stalled: 60_000, between: 1_000 }
/** Larger bodies are 413; uploaded files have a limit of their own. */
const BODY_LIMIT = 1_048_576
const MAX_HEADER_BYTES = 16_384
const MAX_PARAM_LENGTH = 500

/** The HTTP edge: the contracts as routes, with everything that is done for every request in one place. */
export const edge = async (options: EdgeOptions): Promise<FastifyInstance> => {
  const times = { ...TIMES, ...options.times }
  const app = server(options, times)
  const routes = knownRoutes(app)
  everyAnswer(app)
  await compressed(app)
  observed(app, options)
  boundHeaders(app)
  jsonBodies(app)
  app.decorateRequest('callerId', '')
  const load = options.load ?? loadWithin()
  const isProxy = options.isProxy ?? (() => false)
  boundConnections(app.server, { connections: load.connections, isProxy })
  const callers = callersBy(options.verify)
  const limit = limitRate(rateLimiter(options.clock), policiesOf(options.perMinute), callers)
  const counted = (part: FastifyInstance): void => {
    refuseUnknownProxies(part, { ...options, isProxy, refused: options.unknownProxy })
    part.addHook('onRequest', callers.identify)
    part.addHook('onRequest', limit)
  }
  await app.register(async (uploads) => {
    counted(uploads)
    boundUploads(uploads, callers, load)
    plainBodies(uploads)
    await fileUpload(uploads, options)
  })
  await app.register(async (quick) => {
    cutSlowBodies(quick, times.body)
    probes(quick, options.ready)
    await quick.register(async (limited) => {
      counted(limited)
      refuseUnknown(limited, routes)
      admitRequests(
        limited,
        admission(() => performance.now(), options.admission),
      )
      plainBodies(limited)
      boundBodies(limited, callers, load)
      fileDownload(limited, options)
      await limited.register((tokens) => oauthRoutes(tokens, options.transportOf, options.ownToken))
      passwordPage(limited)
      docsPages(limited, openApiDocument(contractRoutes(limited, options.services, options.transportOf)))
    })
  })
  return app
}

const server = ({ log, isProxy }: EdgeOptions, times: Times): FastifyInstance => {
  const send = problemSender(log)
  const requestId = requestIds()
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: times.upload,
    connectionTimeout: times.stalled,
    http: {
      headersTimeout: times.headers,
      connectionsCheckingInterval: times.between,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    clientErrorHandler: refuseUnparsed,
    frameworkErrors: (error, request, reply) => {
      reply.headers(EVERY_ANSWER).header('x-request-id', request.id)
      send(error, request, reply)
    },
    // What was accepted is answered, also while it closes.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    ...(isProxy && { trustProxy: isProxy }),
  }) as unknown as FastifyInstance
  app.setErrorHandler(send)
  return app
}

/** The caller's, where it sent one that is fit to be written into a log line. A random id costs as much as the reading of an order, so ours count. */
const requestIds = (): ((sent: string | string[] | undefined) => string) => {
  const ours = newId()
  let count = 0
  return (sent) => {
    if (typeof sent === 'string' && /^[\w.:-]{1,128}$/.test(sent)) return sent
    count += 1
    return `${ours}.${count.toString(36)}`
  }
}

const probes = (app: FastifyInstance, ready: () => Promise<boolean>): void => {
  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    if (await ready()) return { status: 'ok' }
    return reply.code(503).header('retry-after', '1').send({ status: 'starting' })
  })
}
