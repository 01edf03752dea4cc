import { newId } from '@saleswright/kernel'

export type Options = {
  readonly token?: string | undefined
  /** Sent as JSON; a text or bytes are sent as they are. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Undefined sends none. */
  readonly key?: string | undefined
}

/** What an answer holds, as deep as a test wants to look: it is for the test to say whether that is there. */
export type Json = ReturnType<typeof JSON.parse>

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
}

export type Http = {
  readonly address: string
  readonly call: (method: string, path: string, options?: Options) => Promise<Answer>
  readonly get: (path: string, token?: string) => Promise<Answer>
  /** With a key of its own; throws unless the answer is 200 or 201. */
  readonly post: (path: string, token: string | undefined, body?: unknown) => Promise<Json>
}

/** Overhears every request, with its body before it was written. */
export type Heard = (verb: string, path: string, body: unknown, answer: Answer) => void

const isRaw = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array

export const httpTo = (address: string, heard?: Heard): Http => {
  const call: Http['call'] = async (method, path, { token, body, headers, key } = {}) => {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? (body as string) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const { status, headers: answered } = response
    const answer = { status, headers: answered, text, json: isJson && text ? JSON.parse(text) : undefined }
    heard?.(method, path, body, answer)
    return answer
  }
  return {
    address,
    call,
    get: (path, token) => call('GET', path, { token }),
    post: async (path, token, body = {}) => {
      const { status, text, json } = await call('POST', path, { token, body, key: newId() })
      if (status > 201) throw new Error(`POST ${path}: ${status} ${text}`)
      return json
    },
  }
}
