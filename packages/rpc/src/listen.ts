import type { DescMethod, DescService, Message } from '@bufbuild/protobuf'
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import type { Dispatcher } from './dispatcher.ts'
import { grpcStatusOf, UNREADABLE } from './grpc-status.ts'
import type { HealthState } from './health.ts'
import { addHealthService, HealthService } from './health-service.ts'
import { addReflection } from './reflection.ts'
import { freeSocket } from './socket-file.ts'
import type { CallMetadata } from './transport.ts'
import { EVENT_HEADER, MESSAGE_SIZE, REPLAYED_HEADER, servedDefinitionOf, Unreadable } from './wire.ts'

const STOP_MS = 8_000

/** A server that listens. `stop` lets what runs finish, for at most 8 s. */
export type Running = { readonly address: string; readonly stop: () => Promise<void> }

export const listen = async (dispatcher: Dispatcher, address: string, health: HealthState): Promise<Running> => {
  const server = new Server(MESSAGE_SIZE)
  for (const service of dispatcher.services) serve(server, service, dispatcher.unary)
  addHealthService(server, dispatcher.services, health)
  addReflection(server, [...dispatcher.services, HealthService], dispatcher.verify)
  await freeSocket(address)
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => (error ? fail(error) : done(bound)))
  })
  return {
    address: address.startsWith('unix:') ? address : `${address.slice(0, address.lastIndexOf(':'))}:${port}`,
    stop: () => stop(server, health),
  }
}

const stop = async (server: Server, health: HealthState): Promise<void> => {
  health.set(false)
  await new Promise<void>((done) => {
    const timer = setTimeout(() => {
      server.forceShutdown()
      done()
    }, STOP_MS)
    server.tryShutdown(() => {
      clearTimeout(timer)
      done()
    })
  })
}

const serve = (server: Server, { methods }: DescService, unary: Dispatcher['unary']): void => {
  server.addService(
    Object.fromEntries(methods.map((method) => [method.localName, servedDefinitionOf(method)])),
    Object.fromEntries(methods.map((method) => [method.localName, handlerOf(method, unary)])),
  )
}

const handlerOf =
  (method: DescMethod, unary: Dispatcher['unary']) =>
  (call: ServerUnaryCall<Message | Unreadable, Message>, answer: sendUnaryData<Message>): void => {
    const { request } = call
    if (request instanceof Unreadable) {
      answer(UNREADABLE)
      return
    }
    const facts = new Metadata()
    unary(method, request, metadataOf(call, facts)).then(
      (message) => {
        // As headers: wrappers of the callback, such as the gRPC instrumentation of OpenTelemetry, drop trailers.
        call.sendMetadata(facts)
        answer(null, message)
      },
      (error: unknown) => answer(grpcStatusOf(error)),
    )
  }

const metadataOf = (call: ServerUnaryCall<Message | Unreadable, Message>, facts: Metadata): CallMetadata => {
  const gone = new AbortController()
  call.on('cancelled', () => gone.abort())
  const header = (name: string) => call.metadata.get(name)[0]?.toString()
  const deadline = call.getDeadline()
  return {
    authorization: header('authorization'),
    idempotencyKey: header('idempotency-key'),
    requestId: header('x-request-id'),
    traceparent: header('traceparent'),
    language: header('accept-language'),
    deadline: deadline === Number.POSITIVE_INFINITY ? undefined : new Date(deadline),
    signal: gone.signal,
    onReplay: () => facts.set(REPLAYED_HEADER, 'true'),
    onEvent: (eventId) => facts.set(EVENT_HEADER, eventId),
  }
}
