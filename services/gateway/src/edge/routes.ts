import type { DescService } from '@bufbuild/protobuf'
import type { Transport } from '@saleswright/rpc'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Binding, bindingsOf } from './bindings.ts'
import { PUBLIC_BODY_LIMIT } from './bodies.ts'
import { isKnown, tag } from './etag.ts'
import { locator } from './locator.ts'
import { requestReader } from './read-request.ts'
import { answerWriter } from './write-answer.ts'

/** The transport that reaches a service, in this process or over gRPC. */
export type TransportOf = (service: DescService) => Transport

/** Every method of the contracts as the route that it names. */
export const contractRoutes = (
  app: FastifyInstance,
  services: readonly DescService[],
  transportOf: TransportOf,
): readonly Binding[] => {
  const bindings = bindingsOf(services)
  for (const binding of bindings) {
    app.route({
      method: binding.verb,
      url: binding.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      // Answers to strangers hold tokens: their length must not depend on what else is in them.
      ...(binding.access.public && { bodyLimit: PUBLIC_BODY_LIMIT, config: { public: true }, compress: false }),
      handler: handlerOf(binding, bindings, transportOf(binding.method.parent)),
    })
  }
  return bindings
}

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

const handlerOf = (binding: Binding, all: readonly Binding[], transport: Transport) => {
  const { method, verb, access } = binding
  const read = requestReader(binding)
  const write = answerWriter(method.output)
  const locate = locator(binding, all)
  const isTagged = method.output.fields.some(({ name }) => name === 'etag')
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const message = read({
      params: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      search: request.url.split('?').slice(1).join('?'),
      body: request.body,
      ifMatch: header(request, 'if-match'),
    })
    const answer = await transport.unary(method, message, {
      authorization: header(request, 'authorization'),
      idempotencyKey: header(request, 'idempotency-key'),
      requestId: String(request.id),
      traceparent: header(request, 'traceparent'),
      language: header(request, 'accept-language'),
      // A command that was begun is finished: whoever asks again with its key shall find the answer.
      signal: verb === 'GET' ? leaving(reply) : undefined,
      onReplay: () => void reply.header('idempotency-replayed', 'true'),
      onEvent: (eventId) => void reply.header('saleswright-event', eventId),
    })
    const location = access.creates ? locate(answer) : undefined
    if (location) reply.header('location', location)
    const body = write(answer)
    if (isTagged) tag(reply, body.etag)
    if (verb === 'GET' && isKnown(header(request, 'if-none-match'), reply.getHeader('etag')))
      return reply.code(304).send()
    return reply.code(access.creates ? 201 : 200).send(body)
  }
}

/** Aborted when the caller goes away. */
const leaving = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController()
  raw.once('close', () => raw.writableFinished || gone.abort())
  return gone.signal
}
