import { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { notFound } from '@saleswright/kernel'
import { bearer, client, type Log } from '@saleswright/rpc'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Blobs } from '../file/blobs.ts'
import type { TransportOf } from './routes.ts'

type Options = { readonly transportOf: TransportOf; readonly blobs: Blobs; readonly log: Log }

type Download = FastifyRequest<{ Params: { file_id: string } }>

/** Their length is told, and images would not become smaller. */
const UNCHANGED = { compress: false } as const

/** GET /v1/files/{fileId}/content: the bytes, for whoever may read the file. They are to be kept, never to be shown as a page of ours. */
export const fileDownload = (app: FastifyInstance, { transportOf, blobs, log }: Options): void => {
  const files = client(FileService, transportOf(FileService))
  app.get('/v1/files/:file_id/content', UNCHANGED, async (request: Download, reply) => {
    const { file_id: fileId } = request.params
    const call = { token: bearer(request.headers.authorization), requestId: String(request.id) }
    const { name, contentType, size } = await files.getFile({ fileId }, call)
    if (!(await blobs.has(fileId))) {
      log.error({ fileId }, 'the bytes of a file are not where they were kept')
      throw notFound('file', fileId)
    }
    return reply
      .headers({ 'content-disposition': contentDisposition(name), 'content-length': String(size) })
      .type(contentType)
      .send(blobs.read(fileId))
  })
}
