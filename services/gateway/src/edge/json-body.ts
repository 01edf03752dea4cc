import { isUtf8 } from 'node:buffer'
import { invalid } from '@saleswright/kernel'
import type { FastifyInstance } from 'fastify'

/** JSON is the only body, save where a route says otherwise. Bytes that are no UTF-8 would become other characters. */
export const jsonBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, async (_: unknown, bytes: Buffer) =>
    bytes.length === 0 ? undefined : parsed(bytes),
  )
}

const parsed = (bytes: Buffer): unknown => {
  if (!isUtf8(bytes)) throw invalid('malformed_json')
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw invalid('malformed_json')
  }
}
