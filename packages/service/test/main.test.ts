import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { startInWorker } from '@saleswright/embedded'
import { client, connect } from '@saleswright/rpc'
import { expect, onTestFinished, test } from 'vitest'
import { KEY } from './engines.ts'
import { startProgram } from './programs.ts'

const variables = {
  MONGODB_URI: 'mongodb://127.0.0.1:1/?directConnection=true&serverSelectionTimeoutMS=300',
  KAFKA_BROKERS: '127.0.0.1:1',
  SALESWRIGHT_KEY: KEY.toString('base64'),
  OPERATOR_PORT: '0',
}

const engines = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'main-'))
  const running = await startInWorker({
    mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') },
    kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'k.sock') },
  })
  onTestFinished(async () => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return { MONGODB_URI: running.mongo, KAFKA_BROKERS: running.kafka }
}

test('a service that runs alone answers gRPC and its operators, and stops when it is asked to', async () => {
  const program = startProgram('./main-program.ts', [], {
    ...variables,
    ...(await engines()),
    LISTEN: '127.0.0.1:0',
  })
  const [, operators] = await program.hears(/answering operators on (http:\/\/localhost:\d+)/)
  const address = (await program.hears(/answering gRPC on (127\.0\.0\.1:\d+)/))[1] ?? ''
  const channel = connect(address)
  onTestFinished(() => channel.close())
  expect((await client(KeyService, channel).getJwks({})).keys).toMatchObject([{ kty: 'OKP' }])

  await program.hears(/edge in front of [56] services/)
  const ask = (path: string) => fetch(`${operators}${path}`)
  await expect.poll(async () => (await ask('/readyz')).status).toBe(200)
  const metrics = await (await ask('/metrics')).text()
  expect(metrics).toContain('nodejs_eventloop_lag_seconds')
  expect(metrics).toContain('saleswright_oldest_unsent_event_seconds{context="organization"} 0')

  program.kill('SIGTERM')
  const { code, output } = await program.ended
  expect(output).toContain('edge closed')
  expect(code).toBe(0)
})

test('settings that are missing or bad are told all at once', async () => {
  const { MONGODB_URI: _, SALESWRIGHT_KEY: __, ...others } = variables
  expect(await startProgram('./main-program.ts', [], { ...others, OWN_SETTING: 'bad' }).ended).toEqual({
    code: 1,
    output: [
      'organization: MONGODB_URI is missing; it must be the address of the database, as in mongodb://localhost:27017.\n',
      'organization: SALESWRIGHT_KEY is missing; it must be 32 bytes in base64, as `openssl rand -base64 32` prints them.\n',
      'organization: OWN_SETTING is "bad", which must be a whole number.\n',
    ].join(''),
  })
})

test('without its database it does not start, and says so', async () => {
  const { code, output } = await startProgram('./main-program.ts', [], variables).ended
  expect(output).toMatch(/did not start/)
  expect(code).toBe(1)
})

test('what a service did is with the collector when it has ended', async () => {
  const posted: string[] = []
  const collector = createHttpServer((request, response) => {
    posted.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => response.end('{}'))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void collector.close())
  await once(collector, 'listening')
  const { port } = collector.address() as { port: number }
  const program = startProgram('./main-program.ts', [], {
    ...variables,
    ...(await engines()),
    LISTEN: '127.0.0.1:0',
    NODE_OPTIONS: `--import ${new URL('../src/otel.ts', import.meta.url).href}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  })
  const address = (await program.hears(/answering gRPC on (127\.0\.0\.1:\d+)/))[1] ?? ''
  const channel = connect(address)
  onTestFinished(() => channel.close())
  await client(KeyService, channel).getJwks({})
  await program.hears(/edge in front/)
  program.kill('SIGTERM')
  expect((await program.ended).code).toBe(0)
  expect(posted).toContain('POST /v1/traces')
})
