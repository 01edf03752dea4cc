import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

type Asked = {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly key?: string
  readonly requestId?: string
}

export type Json = Readonly<Record<string, unknown>>

export type Answer = {
  readonly status: number
  readonly text: string
  /** Empty where the answer is none. */
  readonly json: Json
  readonly replayed: boolean
}

export type Http = {
  readonly address: string
  /** Throws `Unanswered` where the connection ended before the answer did. */
  readonly call: (method: string, path: string, asked?: Asked) => Promise<Answer>
  /** With a key of its own where none is given; throws unless it succeeds. */
  readonly post: (path: string, token: string | undefined, body?: unknown, key?: string) => Promise<Json>
  readonly get: (path: string, token?: string) => Promise<Json>
  readonly close: () => void
}

/** Nobody knows what became of the request. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

const headersOf = ({ token, body, key, requestId }: Asked) => ({
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(key !== undefined && { 'idempotency-key': key }),
  ...(requestId !== undefined && { 'x-request-id': requestId }),
})

/** Keeps its connections, as programs do that order a great deal. */
export const httpTo = (address: string): Http => {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const call: Http['call'] = (method, path, asked = {}) =>
    new Promise((resolve, reject) => {
      const lost = (cause: Error): void => reject(new Unanswered(`${method} ${path}: ${cause.message}`, { cause }))
      const sent = request(new URL(path, address), { method, agent, headers: headersOf(asked) }, (response) => {
        text(response).then((body) => {
          const isJson = /json/.test(response.headers['content-type'] ?? '')
          const replayed = response.headers['idempotency-replayed'] !== undefined
          resolve({
            status: response.statusCode ?? 0,
            text: body,
            json: isJson ? (JSON.parse(body) as Json) : {},
            replayed,
          })
        }, lost)
      })
      sent.on('error', lost)
      sent.end(asked.body === undefined ? undefined : JSON.stringify(asked.body))
    })
  const good = async (method: string, path: string, asked: Asked): Promise<Json> => {
    const answer = await call(method, path, asked)
    if (answer.status > 201) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  return {
    address,
    call,
    post: (path, token, body = {}, key = crypto.randomUUID()) => good('POST', path, { token, body, key }),
    get: (path, token) => good('GET', path, { token }),
    close: () => agent.destroy(),
  }
}
