import { registry } from '@saleswright/contracts'
import type { Clock } from '@saleswright/kernel'
import type { Log } from '@saleswright/rpc'
import type { Hosted, Part } from '@saleswright/service'
import type { FastifyInstance } from 'fastify'
import { folderBlobs } from '../file/blobs.ts'
import { edge } from './http-app.ts'
import { loadWithin } from './load.ts'
import { countUnknownProxies, measured } from './load-metrics.ts'

type HttpOptions = {
  readonly hosted: Pick<Hosted, 'transportOf' | 'tokenOf' | 'verify' | 'unready' | 'metrics'>
  readonly clock: Clock
  readonly log: Log
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly filesFolder: string
  /** Requests a minute that a partner may make. */
  readonly perMinute?: number | undefined
  /** Whether an address is that of a proxy in front. */
  readonly isProxy?: ((address: string) => boolean) | undefined
  readonly listening?: ((address: string) => void) | undefined
}

const PER_MINUTE = 6_000

/** Every service of the contracts; those without routes add none. */
const SERVICES = [...registry].flatMap((type) => (type.kind === 'service' ? [type] : []))

/** The HTTP edge as a part: it listens when the services answer, and stops before they do. */
export const httpEdge = ({ hosted, clock, log, host, port, listening, ...options }: HttpOptions): Part => {
  let app: FastifyInstance | undefined
  return {
    name: 'HTTP edge',
    async start() {
      app = await edge({
        services: SERVICES,
        transportOf: hosted.transportOf,
        verify: hosted.verify,
        ownToken: hosted.tokenOf('gateway'),
        blobs: folderBlobs(options.filesFolder),
        perMinute: options.perMinute ?? PER_MINUTE,
        isProxy: options.isProxy,
        unknownProxy: countUnknownProxies(hosted.metrics),
        load: measured(loadWithin(), hosted.metrics),
        ready: async () => (await hosted.unready()).length === 0,
        clock,
        log,
        observe: hosted.metrics.observeHttp,
      })
      listening?.(await app.listen({ host, port }))
    },
    stop: async () => app && close(app),
  }
}

/** Longer than a request may take; who has not read its answer by then is cut off. */
const LAST_ANSWERS_MS = 6_000

const close = async (app: FastifyInstance): Promise<void> => {
  const cut = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS)
  await app.close().finally(() => clearTimeout(cut))
}
