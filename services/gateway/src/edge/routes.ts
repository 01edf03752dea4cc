import type { DescMethod, DescService, Message } from '@bufbuild/protobuf'
import { newId } from '@saleswright/kernel'
import type { Transport } from '@saleswright/rpc'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Binding, bindingsOf, fieldNamed } from './bindings.ts'
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
  const read = requestReader(binding)
  const write = answerWriter(binding.method.output)
  const locate = locator(binding, all)
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const message = read({
      params: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      body: request.body,
      ifMatch: header(request, 'if-match'),
    })
    const gone = new AbortController()
    reply.raw.on('close', () => reply.raw.writableFinished || gone.abort())
    const answer = await transport.unary(binding.method, message, {
      authorization: header(request, 'authorization'),
      idempotencyKey: header(request, 'idempotency-key'),
      requestId: String(request.id),
      traceparent: header(request, 'traceparent'),
      language: header(request, 'accept-language'),
      // A command that was begun is finished: whoever asks again with its key shall find the answer.
      ...(binding.verb === 'GET' && { signal: gone.signal }),
      onReplay: () => void reply.header('idempotency-replayed', 'true'),
      onEvent: (eventId) => void reply.header('saleswright-event', eventId),
    })
    const location = binding.access.creates ? locate(answer) : undefined
    if (location) reply.header('location', location)
    return reply.code(binding.access.creates ? 201 : 200).send(write(answer))
  }
}

/** Where the thing that was made can be read: the route that gets its type by its id. */
const locator = ({ method }: Binding, all: readonly Binding[]): ((answer: Message) => string | undefined) => {
  const inside = method.output.fields.find(({ message }) => message && getterOf(method, all, message.typeName))
  const getter = getterOf(method, all, method.output.typeName) ?? getterOf(method, all, inside?.message?.typeName)
  if (!getter) return () => undefined
  const nested = getter.method.output.typeName === method.output.typeName ? undefined : inside
  const [name = ''] = getter.pathFields
  const id = fieldNamed(getter.method.output, name).localName
  return (answer) => {
    const made = (nested ? partOf(answer, nested.localName) : answer) as Message
    return getter.path.replace(/\{\w+\}/, encodeURIComponent(String(partOf(made, id))))
  }
}

const getterOf = ({ parent }: DescMethod, all: readonly Binding[], typeName: string | undefined): Binding | undefined =>
  all.find(
    ({ method, verb, pathFields }) =>
      method.parent === parent &&
      verb === 'GET' &&
      method.output.typeName === typeName &&
      namesItself(method, pathFields),
  )

/** `/v1/orders/{order_id}` answers something that has an order_id. */
const namesItself = ({ output }: DescMethod, [name, ...more]: readonly string[]): boolean =>
  more.length === 0 && output.fields.some((field) => field.name === name)

const partOf = (message: Message, name: string): unknown => (message as unknown as Record<string, unknown>)[name]

/** The id of a request: the caller's, where it sent one that is fit to be written into a log line. */
export const requestId = (sent: string | string[] | undefined): string =>
  typeof sent === 'string' && /^[\w.:-]{1,128}$/.test(sent) ? sent : newId()
