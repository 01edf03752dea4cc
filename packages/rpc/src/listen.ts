import { type DescMethod, type DescService, type Message, toBinary } from '@bufbuild/protobuf'
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceError,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { ProblemSchema } from '@saleswright/contracts/saleswright/api/v1/problem_pb.ts'
import { AppError } from '@saleswright/kernel'
import type { Dispatcher } from './dispatcher.ts'
import type { HealthState } from './health.ts'
import { addHealthService, HealthService } from './health-service.ts'
import { PROBLEM_TRAILER, problemOf } from './problem.ts'
import { addReflection } from './reflection.ts'
import { STATUS } from './status.ts'
import type { CallMetadata } from './transport.ts'
import { definitionOf, EVENT_HEADER, MESSAGE_SIZE, REPLAYED_HEADER } from './wire.ts'

const STOP_MS = 8_000

/** A server that listens. `stop` lets what runs finish, for at most 8 s. */
export type Running = { readonly address: string; readonly stop: () => Promise<void> }

export const listen = async (dispatcher: Dispatcher, address: string, health: HealthState): Promise<Running> => {
  const server = new Server(MESSAGE_SIZE)
  for (const service of dispatcher.services) serve(server, service, dispatcher.unary)
  addHealthService(server, dispatcher.services, health)
  addReflection(server, [...dispatcher.services, HealthService])
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
    Object.fromEntries(methods.map((method) => [method.localName, definitionOf(method)])),
    Object.fromEntries(methods.map((method) => [method.localName, handlerOf(method, unary)])),
  )
}

const handlerOf =
  (method: DescMethod, unary: Dispatcher['unary']) =>
  (call: ServerUnaryCall<Message, Message>, answer: sendUnaryData<Message>): void => {
    const facts = new Metadata()
    unary(method, call.request, metadataOf(call, facts)).then(
      (message) => {
        // As headers: wrappers of the callback, such as the gRPC instrumentation of OpenTelemetry, drop trailers.
        call.sendMetadata(facts)
        answer(null, message)
      },
      (error: unknown) => answer(statusOf(error)),
    )
  }

const metadataOf = (call: ServerUnaryCall<Message, Message>, facts: Metadata): CallMetadata => {
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

const statusOf = (error: unknown): Partial<ServiceError> => {
  const refusal = error instanceof AppError ? error : new AppError('internal', 'internal_error')
  const metadata = new Metadata()
  metadata.set(PROBLEM_TRAILER, Buffer.from(toBinary(ProblemSchema, problemOf(refusal))))
  return { code: STATUS[refusal.kind].grpc, details: refusal.code, metadata }
}
