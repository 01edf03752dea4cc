import { type DescMethod, fromBinary, type Message } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { Client, type ClientDuplexStream, credentials, Metadata } from '@grpc/grpc-js'
import { afterEach, expect, test, vi } from 'vitest'
import { HealthService } from '../src/health-service.ts'
import { client, connect, healthState, listen } from '../src/index.ts'
import { ReflectionService } from '../src/reflection.ts'
import { definitionOf } from '../src/wire.ts'
import { ProbeService } from './probe.ts'
import { stage, tokenFor } from './stage.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const serving = async () => {
  const on = await stage('in process')
  const health = healthState(true)
  const running = await listen(on.served, '127.0.0.1:0', health)
  const raw = new Client(running.address, credentials.createInsecure())
  closing.push(running.stop, () => raw.close())
  return { on, health, running, raw }
}

/** The code and the refusal that bytes get which are no request of the method. */
const refusalOfBytes = (raw: Client, method: DescMethod, bytes: Uint8Array): Promise<readonly [number, string]> =>
  new Promise((done, fail) => {
    const { path, responseDeserialize } = definitionOf(method)
    const call = raw.makeUnaryRequest(
      path,
      () => Buffer.from(bytes),
      responseDeserialize,
      {},
      (error) => done([error?.code ?? 0, error?.details ?? '']),
    )
    call.on('error', fail)
  })

const healthOf = (raw: Client, service: string): Promise<unknown> => {
  const { path, requestSerialize, responseDeserialize } = definitionOf(HealthService.method.check!)
  return new Promise((done, fail) => {
    const request = { $typeName: 'grpc.health.v1.HealthCheckRequest', service } as Message
    raw.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
      error ? fail(error) : done(answer),
    )
  })
}

test('health is told for the server and for each service, and an unknown service is not found', async () => {
  const { health, raw } = await serving()
  await expect(healthOf(raw, '')).resolves.toMatchObject({ status: 1 })
  await expect(healthOf(raw, 'probe.v1.ProbeService')).resolves.toMatchObject({ status: 1 })
  await expect(healthOf(raw, 'probe.v1.Nothing')).rejects.toMatchObject({ code: 5 })
  health.set(false)
  await expect(healthOf(raw, '')).resolves.toMatchObject({ status: 2 })
})

test('health is watched until the server stops', async () => {
  const { running, raw } = await serving()
  const { path, requestSerialize, responseDeserialize } = definitionOf(HealthService.method.watch!)
  const request = { $typeName: 'grpc.health.v1.HealthCheckRequest', service: '' } as Message
  const seen: unknown[] = []
  const watch = raw.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request)
  watch.on('data', (answer: { status: number }) => seen.push(answer.status))
  await vi.waitFor(() => expect(seen).toEqual([1]))
  await running.stop()
  expect(seen).toEqual([1, 2])
})

const reflecting = (raw: Client, token: string | undefined): ClientDuplexStream<Message, Message> => {
  const { path, requestSerialize, responseDeserialize } = definitionOf(ReflectionService.methods[0]!)
  const headers = new Metadata()
  if (token) headers.set('authorization', `Bearer ${token}`)
  return raw.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, headers)
}

test('reflection lists the services and describes them with all that they import', async () => {
  const { raw } = await serving()
  const stream = reflecting(raw, await tokenFor())
  const replies: { messageResponse: { case: string; value: Record<string, never> } }[] = []
  stream.on('data', (reply) => replies.push(reply))
  const ask = (kind: string, value: string) =>
    stream.write({
      $typeName: 'grpc.reflection.v1.ServerReflectionRequest',
      host: '',
      messageRequest: { case: kind, value },
    } as never)
  ask('listServices', '')
  ask('fileContainingSymbol', 'probe.v1.ProbeService')
  ask('fileContainingSymbol', 'probe.v1.Nothing')
  await vi.waitFor(() => expect(replies).toHaveLength(3))
  stream.end()
  const [list, file, nothing] = replies.map(({ messageResponse }) => messageResponse)
  expect(list).toMatchObject({
    value: {
      service: [
        { name: 'probe.v1.ProbeService' },
        { name: 'grpc.health.v1.Health' },
        { name: ReflectionService.typeName },
      ],
    },
  })
  const bytes = (file!.value as unknown as { fileDescriptorProto: Uint8Array[] }).fileDescriptorProto
  expect(bytes.map((each) => fromBinary(FileDescriptorProtoSchema, each).name)).toEqual(['probe/v1/probe.proto'])
  expect(nothing).toMatchObject({ case: 'errorResponse', value: { errorCode: 5 } })
})

test.each<readonly [string, () => Promise<string | undefined>, readonly [number, string]]>([
  ['without a token', async () => undefined, [16, 'token_required']],
  ['with a token of another installation', async () => 'x.y.z', [16, 'token_invalid']],
  ['with a token of a partner', () => tokenFor({ kind: 'partner', partnerId: 'dealer' }), [7, 'not_for_partners']],
])('reflection says nothing %s', async (_, token, [code, details]) => {
  const { raw } = await serving()
  const stream = reflecting(raw, await token())
  const heard: unknown[] = []
  stream.on('data', (reply) => heard.push(reply))
  const refused = new Promise((done) => stream.once('error', done))
  stream.write({
    $typeName: 'grpc.reflection.v1.ServerReflectionRequest',
    host: '',
    messageRequest: { case: 'listServices', value: '' },
  } as never)
  expect(await refused).toMatchObject({ code, details })
  expect(heard).toEqual([])
})

test.each([
  ['a field that is longer than the message', [0x0a, 0x7f, 0x41]],
  ['a tag that breaks off', [0xff]],
  ['a text that is no UTF-8', [0x0a, 0x02, 0xff, 0xfe]],
  ['a wire type that there is not', [0x0f]],
  ['groups in groups', Array.from({ length: 50_000 }, () => 0x0b)],
])('%s is an invalid argument of a method and of health', async (_, bytes) => {
  const { raw, on } = await serving()
  for (const method of [ProbeService.method.open, ProbeService.method.read, HealthService.method.check!]) {
    expect(await refusalOfBytes(raw, method as DescMethod, Uint8Array.from(bytes))).toEqual([
      3,
      expect.stringContaining('malformed_request'),
    ])
  }
  expect(on.calls).toEqual([])
})

test('F8: a server that nobody reaches is unavailable, and not for ever', async () => {
  const { on, running } = await serving()
  const transport = connect(running.address)
  closing.push(transport.close)
  const probe = client(ProbeService, transport)
  await probe.open({})
  await running.stop()
  await expect(probe.open({})).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'service_unavailable',
    retryAfterSeconds: 1,
  })
  const again = await listen(on.served, running.address, healthState(true))
  closing.push(again.stop)
  await vi.waitFor(() => probe.open({}), { timeout: 5_000, interval: 100 })
})

test('F20: a server that stops lets what runs finish', async () => {
  const { on, running } = await serving()
  const transport = connect(running.address)
  closing.push(transport.close)
  const gate = Promise.withResolvers<void>()
  on.script.act = async () => {
    await gate.promise
    return { heard: 'done' }
  }
  const answer = client(ProbeService, transport).read({}, { token: await tokenFor() })
  await vi.waitFor(() => expect(on.calls).toHaveLength(1))
  const stopped = running.stop()
  gate.resolve()
  await expect(answer).resolves.toMatchObject({ heard: 'done' })
  await stopped
})

test('a unix socket serves as well', async () => {
  const on = await stage('in process')
  const running = await listen(on.served, `unix:/tmp/rpc-${process.pid}.sock`, healthState(true))
  const transport = connect(running.address)
  closing.push(running.stop, transport.close)
  await expect(client(ProbeService, transport).open({ say: 'hello' })).resolves.toMatchObject({ heard: 'hello' })
})
