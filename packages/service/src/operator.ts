import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maskedMessage } from '@saleswright/kernel'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Hosted } from './host.ts'
import type { Part } from './parts.ts'

export type OperatorOptions = {
  /** 0 picks a free one. */
  readonly port: number
  readonly host?: string
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>
  /** What keeps the process from being ready, each in a few words; nothing when it is. */
  readonly unready: () => readonly string[] | Promise<readonly string[]>
  /** Told where it answers, once it does. */
  readonly listening?: ((address: string) => void) | undefined
}

export type Operator = Part & { readonly address: () => string }

/** What an orchestrator and a scraper ask, on a port of its own that no user reaches: /livez, /readyz, /metrics. */
export const operator = ({ port, host = '0.0.0.0', metrics, unready, listening }: OperatorOptions): Operator => {
  const pages = new Map<string, (response: ServerResponse) => Promise<void>>([
    // The event loop answers: that is all that a restart could mend.
    ['/livez', async (response) => send(response, 200, 'live\n')],
    [
      '/readyz',
      async (response) => {
        const reasons = await unready()
        send(response, reasons.length > 0 ? 503 : 200, reasons.length > 0 ? `${reasons.join('\n')}\n` : 'ready\n')
      },
    ],
    [
      '/metrics',
      async (response) => {
        response.setHeader('content-type', metrics.contentType)
        send(response, 200, await metrics.metrics())
      },
    ],
  ])
  const server = createServer((request, response) => {
    const page = request.method === 'GET' ? pages.get(request.url?.split('?')[0] ?? '') : undefined
    if (!page) return send(response, 404, 'there is /livez, /readyz and /metrics\n')
    page(response).catch((error: unknown) => send(response, 500, `${maskedMessage(error)}\n`))
  })
  const address = (): string =>
    `http://${host === '0.0.0.0' ? 'localhost' : host}:${(server.address() as AddressInfo).port}`
  return {
    name: 'operator port',
    async start() {
      await listen(server, port, host)
      listening?.(address())
    },
    stop: () => close(server),
    address,
  }
}

type Process = {
  readonly port: number
  readonly host?: string
  /** What runs in it, once it runs. */
  readonly hosted: () => Pick<Hosted, 'metrics' | 'unready'> | undefined
  readonly serving: () => boolean
  readonly listening?: ((address: string) => void) | undefined
}

/** The operators' port of a process: its own measures and those of the services in it. */
export const operatorOf = ({ hosted, serving, ...listening }: Process): Operator => {
  const own = new Registry()
  collectDefaultMetrics({ register: own })
  return operator({
    ...listening,
    metrics: {
      contentType: own.contentType,
      metrics: async () => (await own.metrics()) + ((await hosted()?.metrics.registry.metrics()) ?? ''),
    },
    unready: () => (serving() ? (hosted()?.unready() ?? []) : ['it is starting or stopping']),
  })
}

const send = (response: ServerResponse, status: number, body: string): void => {
  response.statusCode = status
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(body)
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, done)
  })

const close = (server: Server): Promise<void> =>
  new Promise((done, fail) => {
    server.close((error) => (error ? fail(error) : done()))
    server.closeAllConnections()
  })
