import { create, toJson } from '@bufbuild/protobuf'
import { OrderSchema, OrderService } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId, systemClock } from '@saleswright/kernel'
import { dispatcher, inProcess, verifier } from '@saleswright/rpc'
import { openLog } from '@saleswright/service'
import { testIdentity } from '@saleswright/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { edge } from '../../src/edge/http-app.ts'
import { folderBlobs } from '../../src/file/blobs.ts'
import { componentName, messageSchema } from '../../src/openapi/schema.ts'
import { orderRequest } from './request.ts'

/* One arm of the bench as a program: tells its parent its address and a token, and ends with it. */

const answer = create(OrderSchema, {
  orderId: newId(),
  orderNo: 'SO-20260301-000123',
  status: 2,
  customerId: newId(),
  ownerId: newId(),
  lines: orderRequest(newId()).lines.map((line, index) => ({ ...line, lineNo: index + 1, uom: '件' })),
})
const plain = toJson(OrderSchema, answer)

const arms: Readonly<Record<string, () => Promise<{ readonly app: FastifyInstance; readonly token: string }>>> = {
  /** The least that Fastify does for a JSON request. */
  bare: async () => {
    const app = Fastify()
    app.post('/v1/orders', async (_, reply) => reply.code(201).send(plain))
    return { app, token: 'x' }
  },
  /** With its own validator and serialiser, made from the same contract. */
  schema: async () => {
    const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } })
    const schemas = { body: whole(OrderService.method.createOrder.input, true), answer: whole(OrderSchema, false) }
    const schema = { body: schemas.body, response: { 201: schemas.answer } }
    app.post('/v1/orders', { schema }, async (_, reply) => reply.code(201).send(plain))
    return { app, token: 'x' }
  },
  /** Everything the edge and the interceptors do, before a handler that does nothing. */
  edge: async () => {
    const identity = await testIdentity()
    const log = openLog('bench', 'info')
    const verify = verifier({ issuer: identity.issuer, jwks: identity.jwks, clock: systemClock })
    const handlers = new Map(OrderService.methods.map(({ localName }) => [localName, async () => answer]))
    const bound = { service: OrderService, handlers } as unknown as Parameters<typeof dispatcher>[0][number]
    const served = dispatcher([bound], { verify, clock: systemClock, log })
    const app = await edge({
      services: [OrderService],
      transportOf: () => inProcess(() => served),
      verify,
      ownToken: async () => '',
      blobs: folderBlobs('nowhere'),
      clock: systemClock,
      log,
      perMinute: 100_000_000,
      ready: async () => true,
      observe: () => {},
      unknownProxy: () => {},
    })
    return { app, token: await identity.tokenFor({ grants: ['orders.write@company'] }) }
  },
}

/** A message as one JSON Schema without references. */
function whole(message: Parameters<typeof messageSchema>[0], closed: boolean): object {
  const parts = new Map<string, object>()
  const need = (part: typeof message): void => void parts.set(componentName(part), whole(part, closed))
  const own = messageSchema(message, { need, closed })
  const inlined = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inlined)
    if (typeof value !== 'object' || value === null) return value
    const { $ref, 'x-sensitive': _, ...rest } = value as Readonly<Record<string, unknown>>
    if (typeof $ref === 'string') return parts.get($ref.split('/').at(-1) ?? '')
    return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, inlined(inner)]))
  }
  return inlined(own) as object
}

const [, , name = ''] = process.argv
const arm = await arms[name]?.()
if (!arm) throw new Error(`there is no arm '${name}'`)
const address = await arm.app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ address, token: arm.token })
// What it has used of the processor, whenever it is asked: others may be at work on the machine.
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }))
process.once('disconnect', () => process.exit(0))
