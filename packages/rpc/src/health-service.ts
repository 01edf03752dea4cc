import { create, type DescService, type Message } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import { type Server, type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js'
import { describe, message, ofEnum, text } from './describe.ts'
import { UNREADABLE } from './grpc-status.ts'
import type { HealthState } from './health.ts'
import { servedDefinitionOf, Unreadable } from './wire.ts'

const SERVING_STATUS = { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 }

const file = describe({
  name: 'grpc/health/v1/health.proto',
  package: 'grpc.health.v1',
  messageType: [
    message('HealthCheckRequest', [text('service', 1)]),
    message('HealthCheckResponse', [ofEnum('status', 1, '.grpc.health.v1.HealthCheckResponse.ServingStatus')], {
      enumType: [
        { name: 'ServingStatus', value: Object.entries(SERVING_STATUS).map(([name, number]) => ({ name, number })) },
      ],
    }),
  ],
  service: [
    {
      name: 'Health',
      method: ['Check', 'Watch'].map((name) => ({
        name,
        inputType: '.grpc.health.v1.HealthCheckRequest',
        outputType: '.grpc.health.v1.HealthCheckResponse',
        serverStreaming: name === 'Watch',
      })),
    },
  ],
})

type Check = Message<'grpc.health.v1.HealthCheckRequest'> & { readonly service: string }
type Health = Message<'grpc.health.v1.HealthCheckResponse'> & { readonly status: number }

export const HealthService: DescService = file.service('Health')
const HealthSchema = file.message('HealthCheckResponse') as unknown as GenMessage<Health>

/** grpc.health.v1: the whole server by the empty name, or one of its services. */
export const addHealthService = (server: Server, services: readonly DescService[], health: HealthState): void => {
  const known = new Set(['', ...services.map(({ typeName }) => typeName)])
  const answer = (name: string): Health => {
    const serving = health.serving() ? SERVING_STATUS.SERVING : SERVING_STATUS.NOT_SERVING
    return create(HealthSchema, { status: known.has(name) ? serving : SERVING_STATUS.SERVICE_UNKNOWN })
  }
  const definitions = HealthService.methods.map((method) => [
    method.localName,
    { ...servedDefinitionOf(method), responseStream: method.methodKind === 'server_streaming' },
  ])
  server.addService(Object.fromEntries(definitions), {
    check: ({ request }: ServerUnaryCall<Check | Unreadable, Health>, done: sendUnaryData<Health>) => {
      if (request instanceof Unreadable) done(UNREADABLE)
      else if (known.has(request.service)) done(null, answer(request.service))
      else done({ code: status.NOT_FOUND, details: 'unknown service' })
    },
    watch: (call: ServerWritableStream<Check | Unreadable, Health>) => {
      if (call.request instanceof Unreadable) return void call.emit('error', UNREADABLE)
      const { service } = call.request
      call.write(answer(service))
      const unwatch = health.watch((serving) => {
        call.write(answer(service))
        // An open stream would hold up a server that stops.
        if (!serving) call.end()
      })
      call.on('cancelled', unwatch)
      call.on('close', unwatch)
    },
  })
}
