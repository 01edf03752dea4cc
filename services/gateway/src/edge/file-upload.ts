import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import multipart from '@fastify/multipart'
import { FileService, StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { forbidden, invalid, newId, unauthenticated } from '@saleswright/kernel'
import { client, type Verify } from '@saleswright/rpc'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Blobs } from '../file/blobs.ts'
import { sniff } from '../file/sniff.ts'
import type { TransportOf } from './routes.ts'
import { answerWriter } from './write-answer.ts'

/** Files of imports may be larger than others (decisions 37, 43); 50 MiB is what the edge takes at all. */
const FILE_LIMIT = 52_428_800
const HEAD_BYTES = 512

type Options = { readonly transportOf: TransportOf; readonly blobs: Blobs; readonly verify: Verify }

const PERMISSION = 'files.write'

/** POST /v1/files: one file as multipart/form-data, streamed to where the bytes lie; its hash and type are taken on the way. */
export const fileUpload = async (app: FastifyInstance, { transportOf, blobs, verify }: Options): Promise<void> => {
  await app.register(multipart, { limits: { fileSize: FILE_LIMIT, files: 1, fields: 0 } })
  const files = client(FileService, transportOf(FileService))
  const write = answerWriter(StoredFileSchema)
  app.post('/v1/files', { bodyLimit: FILE_LIMIT + 65_536 }, async (request, reply) => {
    await mayUpload(request, verify)
    const part = await request.file()
    if (!part) throw invalid('file_missing')
    const fileId = newId()
    const seen = inspector()
    await blobs.write(fileId, part.file.pipe(seen.stream))
    try {
      if (part.file.truncated) throw invalid('body_too_large')
      const { size, sha256, head } = seen.result()
      const note = { fileId, name: part.filename || 'file', contentType: sniff(head), size: BigInt(size), sha256 }
      const stored = await files.registerFile(note, { token: tokenOf(request), requestId: String(request.id) })
      return await reply.code(201).header('location', `/v1/files/${fileId}`).send(write(stored))
    } catch (error) {
      await blobs.remove(fileId)
      throw error
    }
  })
}

/** Asked before the bytes are taken: whoever may not upload shall not fill the disk first. */
const mayUpload = async (request: FastifyRequest, verify: Verify): Promise<void> => {
  const token = tokenOf(request)
  if (!token) throw unauthenticated('token_required')
  const { grants } = await verify(token)
  if (!grants.has(PERMISSION)) throw forbidden('permission_missing', { permission: PERMISSION })
}

const tokenOf = ({ headers }: FastifyRequest): string => (headers.authorization ?? '').replace(/^bearer /i, '')

/** Passes bytes on and takes their number, their hash and the first of them. */
const inspector = () => {
  const hash = createHash('sha256')
  let size = 0
  let head = Buffer.alloc(0)
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      size += chunk.length
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ size, sha256: hash.digest('hex'), head }) }
}
