import type { FastifyReply } from 'fastify'

/** Sends the etag of a resource as its header; a resource that has none yet gets none. */
export const tag = (reply: FastifyReply, etag: unknown): void => {
  if (typeof etag === 'string' && etag !== '') reply.header('etag', `"${etag}"`)
}

/** Whether If-None-Match names the tag. Compared weakly, since a cache on the way may have weakened it. */
export const isKnown = (ifNoneMatch: string | undefined, etag: unknown): boolean =>
  etag !== undefined &&
  (ifNoneMatch ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)
