import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startInProcess, startInWorker } from '../src/index.ts'
import { aKafka, createTopic } from './kafka/support.ts'
import { generator } from './seeded.ts'

const PROGRAM = fileURLToPath(new URL('../src/repair/main.ts', import.meta.url))
const DOCUMENTS = 600
const MESSAGES = 60

type Row = { _id: string; n: number; text: string }
const rowOf = (n: number): Row => ({ _id: `row-${n}`, n, text: `${n} `.repeat(200) })

const optionsIn = (data: string) => ({
  mongo: { folder: join(data, 'mongo'), listen: 0 },
  kafka: { folder: join(data, 'kafka'), listen: 0 },
})

const filled = async (data: string) => {
  const engines = await startInProcess(optionsIn(data))
  const client = await new MongoClient(engines.mongo).connect()
  const rows = client.db('orders').collection<Row>('rows')
  await rows.createIndex({ n: 1 }, { unique: true })
  await rows.insertMany(Array.from({ length: DOCUMENTS }, (_, n) => rowOf(n)))
  await client.db('customers').collection<{ _id: string }>('few').insertOne({ _id: 'one' })
  await client.close()
  const kafka = aKafka({ address: engines.kafka })
  const producer = kafka.producer()
  await createTopic(kafka, 'events')
  await producer.connect()
  for (let n = 0; n < MESSAGES; n++)
    await producer.send({ topic: 'events', messages: [{ value: `${n} `.repeat(300) }] })
  await producer.disconnect()
  return engines
}

const made: string[] = []
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'repair-'))
  made.push(folder)
  return folder
}

const [stopped, killed] = [aFolder(), aFolder()]
beforeAll(async () => {
  await (await filled(stopped)).stop()
  const engines = await filled(killed)
  process.kill(engines.pid, 'SIGKILL')
  await engines.failed
  for (const data of made) writeFileSync(join(data, 'secret.key'), 'kept')
})
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

const copied = (data: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'repair-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(data, copy, { recursive: true })
  return copy
}

/** Where the new folder of a salvage is to be. */
const beside = (data: string): string => {
  const folder = `${data}.salvaged`
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' })
  return { status, out: stdout, error: stderr }
}

const flip = (bytes: Buffer, at: number, mask: number): void => void bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at)

const storedIn = async (data: string) => {
  const engines = await startInWorker(optionsIn(data))
  const client = await new MongoClient(engines.mongo).connect()
  const rows = await client.db('orders').collection<Row>('rows').find().sort({ n: 1 }).toArray()
  const few = await client.db('customers').collection('few').countDocuments()
  await client.close()
  const admin = aKafka({ address: engines.kafka }).admin()
  const [offsets] = await admin.fetchTopicOffsets('events')
  await admin.disconnect()
  await engines.stop()
  return { rows, few, high: offsets?.high }
}

test.each([
  ['stopped in order', () => stopped],
  ['killed', () => killed],
])('a folder that was %s is sound, and its salvage holds all of it', async (_, folder) => {
  const data = copied(folder())
  const to = beside(data)
  const salvaged = run('salvage', '--data', data, '--to', to)
  expect(salvaged).toMatchObject({ status: 0, error: '' })
  expect(salvaged.out).toContain(`mongo: orders.rows: ${DOCUMENTS} documents copied\n`)
  expect(salvaged.out).toContain(`kafka: the event bus: ${MESSAGES} batches copied\n`)
  expect(salvaged.out).not.toMatch(/lost|damaged/)
  expect(run('check', '--data', data)).toEqual({ status: 0, out: `${data} is sound.\n`, error: '' })
  expect(run('check', '--data', to)).toEqual({ status: 0, out: `${to} is sound.\n`, error: '' })
  expect(readFileSync(join(to, 'secret.key'), 'utf8')).toBe('kept')
  const { rows, few, high } = await storedIn(to)
  expect(rows).toEqual(Array.from({ length: DOCUMENTS }, (__, n) => rowOf(n)))
  expect({ few, high }).toEqual({ few: 1, high: String(MESSAGES) })
})

test.each([1, 2, 3, 4])(
  'of a store with damaged pages (seed %i) what is readable is salvaged unaltered, and what is lost is listed',
  async (seed) => {
    const data = copied(stopped)
    const next = generator(seed)
    const path = join(data, 'mongo', 'store.sqlite')
    const bytes = readFileSync(path)
    // Not the first page, without which nothing is found.
    for (let i = 0; i < 6; i++) flip(bytes, 4096 + next(bytes.length - 4096), 1 << next(8))
    writeFileSync(path, bytes)
    const checked = run('check', '--data', data)
    expect(checked).toMatchObject({
      status: 1,
      out: expect.stringContaining('pages are not what was written'),
    })

    const to = beside(data)
    const salvaged = run('salvage', '--data', data, '--to', to)
    expect(salvaged).toMatchObject({ status: 0, error: '' })
    expect(run('check', '--data', to)).toMatchObject({ status: 0 })
    const { rows } = await storedIn(to)
    for (const row of rows) expect(row).toEqual(rowOf(row.n))
    const lost = DOCUMENTS - rows.length
    const told = /orders\.rows: (?<count>\d+) documents lost: (?<ids>.*)/.exec(salvaged.out)?.groups
    const named = Number(told?.count ?? 0)
    if (salvaged.out.includes('orders.rows: more documents may be lost')) expect(named).toBeLessThanOrEqual(lost)
    else expect(named, salvaged.out).toBe(lost)
    if (told)
      expect(
        told.ids?.split(', ').every((id) => /^row-\d+$/.test(id)),
        told.ids,
      ).toBe(true)
  },
)

test('a bus with a damaged page loses the batches of that page, and says which', async () => {
  const data = copied(stopped)
  const path = join(data, 'kafka', 'log.sqlite')
  const bytes = readFileSync(path)
  const at = bytes.indexOf('42 42 42')
  bytes[at] = 0x39
  writeFileSync(path, bytes)
  const to = beside(data)
  const { out } = run('salvage', '--data', data, '--to', to)
  expect(out).toMatch(/kafka: 1 of \d+ pages are not what was written/)
  expect(out).toMatch(/kafka: the event bus: lost are offsets beyond \d+ up to \d+/)
  expect(run('check', '--data', to)).toMatchObject({ status: 0 })
  expect((await storedIn(to)).high).toBe(String(MESSAGES))
})

test('a store whose log or checksums are lost is salvaged as far as it goes, and that is said', () => {
  const without = copied(killed)
  for (const name of ['store.sqlite-wal', 'store.sqlite-kept']) rmSync(join(without, 'mongo', name))
  expect(run('salvage', '--data', without, '--to', beside(without)).out).toContain(
    'mongo: the log is missing or damaged at its head: the last commits before the end are lost',
  )
  const bare = copied(stopped)
  rmSync(join(bare, 'mongo', 'store.sqlite-sums'))
  expect(run('salvage', '--data', bare, '--to', beside(bare)).out).toContain('mongo: the checksums are missing')
  expect(run('check', '--data', beside(bare))).toMatchObject({ status: 0 })
})

test('what is asked for wrongly is a sentence', () => {
  expect(run('salvage', '--data', stopped)).toMatchObject({ status: 1, error: expect.stringContaining('--to') })
  expect(run('salvage', '--data', stopped, '--to', stopped)).toMatchObject({
    status: 1,
    error: `${stopped} is there already.\n`,
  })
  expect(run('salvage', '--data', stopped, '--to', join(stopped, 'in'))).toMatchObject({ status: 1, out: '' })
  expect(run('check', '--data', '/nowhere')).toMatchObject({ status: 1, error: 'There is no folder /nowhere.\n' })
  expect(run('mend')).toMatchObject({ status: 1 })
  expect(run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('salvage') })
})
