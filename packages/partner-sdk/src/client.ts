import type { DescMethod, Message } from '@bufbuild/protobuf'
import { type Caller, caller } from './caller.ts'
import { exchangeWith, type World } from './exchange.ts'
import { type CallOptions, isListing, METHODS, type PartnerClient } from './methods.ts'
import { pagesOf } from './pages.ts'
import { RETRIES, type RetryPolicy } from './retry.ts'
import { type Credentials, tokenSource } from './token.ts'

export type PartnerOptions = Credentials & {
  /** `https://sales.example.com` */
  readonly baseUrl: string
  /** Of sentences in errors; zh-CN when absent. */
  readonly language?: 'zh-CN' | 'en'
  readonly retries?: Partial<RetryPolicy>
  /** Of one attempt; 30,000 when absent. */
  readonly timeoutMs?: number
  /** For tests, and where `fetch` has to go through something. */
  readonly world?: Partial<World>
}

const TIMEOUT_MS = 30_000

const wait: World['wait'] = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const leave = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', leave, { once: true })
  })

const withoutSlash = (url: string): string => (url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url)

/** A client of the order platform for the programs of a partner. */
export const partnerClient = (options: PartnerOptions): PartnerClient => {
  const world: World = {
    fetch: (...args) => fetch(...args),
    now: Date.now,
    random: Math.random,
    wait,
    ...options.world,
  }
  const baseUrl = withoutSlash(options.baseUrl)
  const send = exchangeWith({ baseUrl, timeoutMs: options.timeoutMs ?? TIMEOUT_MS, world })
  const call = caller({
    send,
    world,
    language: options.language ?? 'zh-CN',
    retries: { ...RETRIES, ...options.retries },
    tokens: tokenSource(options, send, world.now),
  })
  const described = METHODS as unknown as Readonly<Record<string, Readonly<Record<string, DescMethod>>>>
  const resources = Object.entries(described).map(([resource, methods]) => {
    const callables = Object.entries(methods).map(([name, method]) => [name, callable(method, call)])
    return [resource, Object.fromEntries(callables)]
  })
  return Object.fromEntries(resources) as PartnerClient
}

type Init = Readonly<Record<string, unknown>>
type Listed = Message & { readonly nextPageToken: string }

const callable = (method: DescMethod, call: Caller) => {
  if (!isListing(method)) return (request: Init, options: CallOptions = {}) => call(method, request, options)
  const list = method.output.fields.find(({ fieldKind }) => fieldKind === 'list')?.localName ?? ''
  return (request: Init = {}, options: CallOptions = {}) => {
    const read = async (pageToken: string) => (await call(method, { ...request, pageToken }, options)) as Listed
    const itemsOf = (page: Listed) => (page as unknown as Readonly<Record<string, readonly unknown[]>>)[list] ?? []
    return pagesOf(read, itemsOf, typeof request.pageToken === 'string' ? request.pageToken : '')
  }
}
