import type { FastifyRequest } from 'fastify'

/** The access token that a request was sent with; empty without one. */
export const tokenOf = ({ headers }: FastifyRequest): string =>
  /^bearer (?<token>\S+)$/i.exec(headers.authorization ?? '')?.groups?.token ?? ''
