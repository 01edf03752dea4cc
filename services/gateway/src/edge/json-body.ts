import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { AppError, invalid } from '@saleswright/kernel'
import type { FastifyInstance } from 'fastify'

/** JSON is the only body, save where a route says otherwise. Bytes that are no UTF-8 would become other characters. */
export const jsonBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, async (_: unknown, bytes: Buffer) =>
    bytes.length === 0 ? undefined : parsed(bytes),
  )
}

/** What is said to be compressed, or in other characters, must not be read as if it were not. */
export const plainBodies = (app: FastifyInstance): void => {
  app.addHook('onRequest', ({ headers }, reply, done) => {
    if (!hasBody(headers)) return done()
    const coding = headers['content-encoding']
    if (coding !== undefined && coding.toLowerCase() !== 'identity') {
      reply.header('accept-encoding', 'identity')
      return done(new AppError('invalid', 'content_encoding_unsupported'))
    }
    const { charset } = /;\s*charset\s*=\s*"?(?<charset>[^";\s]+)/i.exec(headers['content-type'] ?? '')?.groups ?? {}
    return done(charset && !/^utf-?8$/i.test(charset) ? new AppError('invalid', 'charset_unsupported') : undefined)
  })
}

export const hasBody = (headers: IncomingHttpHeaders): boolean =>
  (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined

const parsed = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) throw invalid('malformed_json')
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw invalid('malformed_json')
  }
}
