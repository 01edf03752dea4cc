import { join } from 'node:path'
import { type DescMethod, fromJson, type JsonValue, toBinary } from '@bufbuild/protobuf'
import { Client, credentials, Metadata, status } from '@grpc/grpc-js'
import { methodName, registry } from '@saleswright/contracts'
import { newId } from '@saleswright/kernel'
import { healthState, listen } from '@saleswright/rpc'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { exampleOf } from '../src/openapi/examples.ts'
import { aCompany } from './company.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'

const SEED = 20_260_310
const PER_METHOD = 10

const platform = await startPlatform(EVERY_SERVICE)
const { http } = await platform.open()
const { root } = await aCompany(http)
const { dispatcher, tokenOf } = platform.hosted
const server = await listen(dispatcher, `unix:${join(platform.folder, 'grpc.sock')}`, healthState(true))
const channel = new Client(server.address, credentials.createInsecure())
afterAll(async () => {
  channel.close()
  await server.stop()
})

type Mutation = (bytes: Buffer, at: number, byte: number) => Buffer

const MUTATIONS: readonly Mutation[] = [
  (bytes, at, byte) => Buffer.from(bytes.map((old, index) => (index === at ? byte : old))),
  (bytes, at, byte) => Buffer.from(bytes.map((old, index) => (index === at ? old ^ (1 << (byte % 8)) : old))),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, byte) => Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]),
  (bytes, at) => Buffer.concat([bytes, bytes.subarray(at)]),
  (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(11, 0xff), bytes.subarray(at)]),
]

const served = new Set(dispatcher.services.map(({ typeName }) => typeName))
const methods = [...registry].flatMap((type) =>
  type.kind === 'service' && served.has(type.typeName) ? type.methods : [],
)

const step = fc.tuple(fc.constantFrom(...MUTATIONS), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255))
const steps = fc.sample(fc.array(step, { minLength: 1, maxLength: 3 }), {
  seed: SEED,
  numRuns: methods.length * PER_METHOD,
})

const mutated = (bytes: Buffer, turn: number): Buffer =>
  (steps[turn] ?? []).reduce((next, [mutate, at, byte]) => mutate(next, Math.floor(at * next.length), byte), bytes)

const send = (method: DescMethod, bytes: Buffer, token: string): Promise<number> =>
  new Promise((done) => {
    const headers = new Metadata()
    headers.set('authorization', `Bearer ${token}`)
    headers.set('idempotency-key', newId())
    const path = `/${method.parent.typeName}/${method.name}`
    const deadline = new Date(Date.now() + 20_000)
    const call = channel.makeUnaryRequest(
      path,
      () => bytes,
      (answer) => answer,
      {},
      headers,
      { deadline },
      (error) => done(error?.code ?? status.OK),
    )
    call.on('error', () => {})
  })

test.each(methods.map((method, index) => [methodName(method), method, index] as const))(
  'F17: %s: a mutated request is never an internal error',
  async (_, method, index) => {
    const example = Buffer.from(toBinary(method.input, fromJson(method.input, exampleOf(method.input) as JsonValue)))
    const service = await tokenOf('gateway')()
    for (let turn = index * PER_METHOD; turn < (index + 1) * PER_METHOD; turn += 1) {
      const bytes = mutated(example, turn)
      const code = await send(method, bytes, turn % 2 === 0 ? root : service)
      expect(`${status[code]} for ${bytes.toString('base64')}`).not.toMatch(/^INTERNAL/)
    }
  },
)
