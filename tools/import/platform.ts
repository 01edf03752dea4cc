/** A refusal of the platform, with what it says to people. */
class Refused extends Error {
  readonly code: string

  constructor(status: number, body: { readonly code?: string; readonly detail?: string }) {
    super(body.detail ?? `the platform answered ${status}`)
    this.code = body.code ?? String(status)
  }
}

export type Call = <T>(method: string, path: string, body?: object | FormData) => Promise<T>

/** Calls the public API as whoever signed in; a token that expires is renewed by the way that it was got. */
export const platformAt = (url: string, signIn: () => Promise<string>): Call => {
  let token: string | undefined
  const send = async (method: string, path: string, body: object | FormData | undefined): Promise<Response> => {
    token ??= await signIn()
    return fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...headersFor(method, body) },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  }
  return async (method, path, body) => {
    const first = await send(method, path, body)
    if (first.status !== 401) return answerOf(first)
    token = undefined
    return answerOf(await send(method, path, body))
  }
}

export const answerOf = async <T>(response: Response): Promise<T> => {
  const body = (await response.json()) as T
  if (response.ok) return body
  throw new Refused(response.status, body as { code?: string; detail?: string })
}

const headersFor = (method: string, body: object | FormData | undefined): Record<string, string> => ({
  'accept-language': 'en',
  ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
  ...(body && !(body instanceof FormData) && { 'content-type': 'application/json' }),
})
