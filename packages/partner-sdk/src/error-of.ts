import type { Answer } from './exchange.ts'
import { type Problem, SaleswrightError } from './saleswright-error.ts'

/** What an answer that is no success says; what stands in front of the platform may answer anything. */
export const errorOf = ({ status, statusText, headers, text }: Answer): SaleswrightError => {
  const json = /json/.test(headers.get('content-type') ?? '') ? parsed(text) : {}
  // RFC 6749 has its own form of an error.
  const code = [json.code, json.error].find((word) => typeof word === 'string') ?? `http_${status}`
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return new SaleswrightError(
    { title: statusText, traceId: headers.get('x-request-id') ?? undefined, ...json, status, code } as Problem,
    { retryAfterSeconds: Number.isFinite(seconds) ? Math.max(0, seconds) : undefined },
  )
}

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
