import { createHash } from 'node:crypto'
import { pipeline, Transform } from 'node:stream'
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import { FileService, StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { type Actor, AppError, derivedId, forbidden, invalid, mayMigrate, newId } from '@saleswright/kernel'
import { bearer, checkedKey, client, type Log, type Verify } from '@saleswright/rpc'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Blobs } from '../file/blobs.ts'
import { sniff } from '../file/sniff.ts'
import type { TransportOf } from './routes.ts'
import { answerWriter } from './write-answer.ts'

/** Bytes that one file may have; those who may migrate also send the files of imports, which are larger (decisions 37, 43). */
export type UploadLimits = { readonly file: number; readonly import: number }

const UPLOAD_LIMITS: UploadLimits = { file: 10_485_760, import: 52_428_800 }
/** Boundaries and headers of a form around its one file. */
const FORM_BYTES = 65_536
const HEAD_BYTES = 512
const PERMISSION = 'files.write'

type Options = {
  readonly transportOf: TransportOf
  readonly blobs: Blobs
  readonly verify: Verify
  readonly log: Log
  readonly uploads?: UploadLimits | undefined
}

/** POST /v1/files: one file as multipart/form-data, streamed to where the bytes lie; its hash and type are taken on the way. */
export const fileUpload = async (app: FastifyInstance, options: Options): Promise<void> => {
  const { transportOf, blobs, verify, log, uploads = UPLOAD_LIMITS } = options
  app.removeAllContentTypeParsers()
  await app.register(multipart, { limits: { files: 1, fields: 0 }, throwFileSizeLimit: false })
  const files = client(FileService, transportOf(FileService))
  const write = answerWriter(StoredFileSchema)
  app.post('/v1/files', { bodyLimit: uploads.import + FORM_BYTES }, async (request, reply) => {
    // Whoever is refused while still sending is not listened to any longer.
    reply.header('connection', 'close')
    const caller = await callerOf(request, verify)
    const idempotencyKey = checkedKey(request.headers['idempotency-key']?.toString())
    const fileSize = mayMigrate(caller) ? uploads.import : uploads.file
    if (Number(request.headers['content-length'] ?? 0) > fileSize + FORM_BYTES) throw tooLarge()
    const uploadId = newId()
    try {
      const { name, size, sha256, head } = await keepOnly(partsOf(request, fileSize), uploadId, blobs)
      reply.removeHeader('connection')
      // A repeat has the same id and so the same request, which the record of its key is compared with.
      const fileId = idempotencyKey === undefined ? uploadId : derivedId(caller.id, 'file', idempotencyKey)
      const upload = { fileId, name, contentType: sniff(head), size: BigInt(size), sha256 }
      const stored = await files.registerFile(upload, {
        token: bearer(request.headers.authorization),
        requestId: String(request.id),
        idempotencyKey,
        onReplay: () => void reply.header('idempotency-replayed', 'true'),
      })
      // Also for a repeat: the first attempt may have ended between the record and the bytes, and the content is the same.
      if (fileId !== uploadId) await blobs.move(uploadId, fileId)
      return await reply.code(201).header('location', `/v1/files/${fileId}`).send(write(stored))
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unavailable') log.error({ err: error }, 'upload not stored')
      await blobs.remove(uploadId)
      throw error
    }
  })
}

const tooLarge = (): AppError => new AppError('invalid', 'body_too_large')

/** Who uploads. Checked before any bytes are taken, so that a caller who may not upload does not fill the disk first. */
const callerOf = async (request: FastifyRequest, verify: Verify): Promise<Actor> => {
  const caller = await verify(bearer(request.headers.authorization))
  if (caller.kind === 'partner') throw forbidden('not_for_partners')
  if (!caller.grants.has(PERMISSION)) throw forbidden('permission_missing', { permission: PERMISSION })
  return caller
}

type Parts = AsyncIterableIterator<Multipart>

const partsOf = (request: FastifyRequest, fileSize: number): Parts => {
  if (!request.isMultipart()) throw new AppError('invalid', 'unsupported_media_type')
  return request.parts({ limits: { fileSize } })
}

/** Keeps the file of a form that has one, and nothing beside it: what else was sent would be lost without a word. */
const keepOnly = async (parts: Parts, fileId: string, blobs: Blobs) => {
  const first = await nextOf(parts)
  if (first?.type !== 'file') throw invalid('file_missing')
  const kept = await keep(first, fileId, blobs)
  if (await nextOf(parts)) throw invalid('malformed_form')
  return { ...kept, name: first.filename || 'file' }
}

const nextOf = async (parts: Parts): Promise<Multipart | undefined> => {
  try {
    const { value, done } = await parts.next()
    return done ? undefined : value
  } catch (cause) {
    throw malformedForm(cause)
  }
}

const malformedForm = (cause: unknown): AppError => new AppError('invalid', 'malformed_form', {}, { cause })

/** Nothing is kept of a file that is too large, or whose sender went away in the middle of it. */
const keep = async ({ file }: MultipartFile, fileId: string, blobs: Blobs) => {
  const { stream, result } = inspector()
  // The writing end tells of a failure; without the pipeline it would not hear that the reading end has failed.
  const bytes = pipeline(file, stream, () => {})
  await blobs.write(fileId, bytes).catch((error: unknown) => {
    throw file.errored && !isOurs(error) ? malformedForm(error) : error
  })
  if (file.truncated) throw tooLarge()
  return result()
}

/** A failure of keeping the bytes, which ends the reading too: a refusal, or what the system said of a call. */
const isOurs = (error: unknown): boolean => error instanceof AppError || (error instanceof Error && 'syscall' in error)

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
