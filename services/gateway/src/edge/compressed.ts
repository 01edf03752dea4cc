import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** Bytes. A single record is sent as it is: compressing it would cost more than it saves. */
const THRESHOLD = 4_096
/** The defaults of zlib are made for files that are compressed once; at 4 a page of orders is within a tenth of the best size. */
const QUALITY = 4

/** Compresses lists, reports and pages for callers that accept it. Requests may not be compressed. */
export const compressed = async (app: FastifyInstance): Promise<void> => {
  await app.register(compress, {
    globalDecompression: false,
    threshold: THRESHOLD,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } },
    zlibOptions: { level: QUALITY },
  })
}
