import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { startInProcess, startInWorker } from '../../src/index.ts'
import { mayMount, smallDisk } from './small-disk.ts'
import { mayTrace } from './traced.ts'

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const connected = async (uri: string): Promise<MongoClient> => {
  const client = await new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 1000 }).connect()
  onTestFinished(() => client.close())
  return client
}

type Row = { _id: number; text: string }
const rowsOf = (client: MongoClient) => client.db('faults').collection<Row>('rows')
const idsIn = async (client: MongoClient): Promise<number[]> =>
  (
    await rowsOf(client)
      .find({}, { projection: { _id: 1 }, sort: { _id: 1 } })
      .toArray()
  ).map(({ _id }) => _id)

/** Inserts one after the other until one fails; gives those that were acknowledged, and the failure. */
const insertUntilRefused = async (client: MongoClient, from: number, bytes: number) => {
  const acknowledged: number[] = []
  for (let _id = from; ; _id++) {
    try {
      await rowsOf(client).insertOne({ _id, text: 'x'.repeat(bytes) })
      acknowledged.push(_id)
    } catch (error) {
      return { acknowledged, error: error as { code?: number; message: string } }
    }
  }
}

describe.skipIf(!mayMount)('F14: a full disk (needs the right to mount a tmpfs)', () => {
  it('refuses writes, answers reads, says so, and goes on when there is room', async () => {
    const disk = smallDisk(16)
    const options = { mongo: { folder: join(disk, 'mongo'), listen: 0 } }
    const engines = await startInWorker(options)
    const client = await connected(engines.mongo)
    await rowsOf(client).insertOne({ _id: -1, text: 'first' })
    writeFileSync(join(disk, 'filler'), Buffer.alloc(8 * 1024 * 1024))

    const { acknowledged, error } = await insertUntilRefused(client, 0, 20_000)
    expect(error.code).toBe(14031)
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(await idsIn(client)).toEqual([-1, ...acknowledged])
    expect(await client.db('admin').command({ serverStatus: 1 })).toMatchObject({ health: 'read-only' })
    await expect.poll(() => engines.health()).toEqual({ mongo: 'read-only' })

    rmSync(join(disk, 'filler'))
    await expect.poll(() => engines.health(), { timeout: 10_000 }).toEqual({ mongo: 'ok' })
    await rowsOf(client).insertOne({ _id: 100_000, text: 'again' })
    await client.close()
    await engines.stop()

    const restarted = await startInWorker(options)
    const again = await connected(restarted.mongo)
    expect(await idsIn(again)).toEqual([-1, ...acknowledged, 100_000])
    await again.close()
    await restarted.stop()
  })

  it('ends a transaction at its commit, and leaves nothing of it', async () => {
    const disk = smallDisk(16)
    const engines = await startInWorker({ mongo: { folder: join(disk, 'mongo'), listen: 0 } })
    const client = await connected(engines.mongo)
    await rowsOf(client).insertOne({ _id: 0, text: 'first' })
    const session = client.startSession()
    session.startTransaction()
    for (let _id = 1; _id < 30; _id++) await rowsOf(client).insertOne({ _id, text: 'x'.repeat(900_000) }, { session })
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 14031 })
    await session.endSession()
    expect(await idsIn(client)).toEqual([0])
    await client.close()
    await engines.stop()
  })
})

describe.skipIf(!mayTrace)('F14: an fsync that fails (needs strace)', () => {
  it('ends the process, which never tries it again; what was acknowledged is there', async () => {
    const folder = aFolder()
    const options = { mongo: { folder, listen: 0 } }
    const engines = await startInProcess(options)
    const client = await connected(engines.mongo)
    for (let _id = 0; _id < 20; _id++) await rowsOf(client).insertOne({ _id, text: 'before' })
    const calls = 'fsync,fdatasync'
    const inject = ['-f', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`, '-p', String(engines.pid)]
    const tracer = spawn('strace', inject, { stdio: ['ignore', 'ignore', 'pipe'] })
    onTestFinished(() => void tracer.kill())
    let traced = ''
    tracer.stderr.on('data', (chunk: Buffer) => {
      traced += chunk.toString()
    })
    await expect.poll(() => traced, { timeout: 10_000 }).toContain('attached')

    const { acknowledged } = await insertUntilRefused(client, 20, 10)
    expect((await engines.failed).message).toBe('the mongo engine ended: disk I/O error')
    await expect.poll(() => traced, { timeout: 10_000 }).toContain('exited with 1')
    expect(traced.match(/\(INJECTED\)/g), 'fsyncs that were tried').toHaveLength(1)
    expect(acknowledged).toEqual([])

    const restarted = await startInProcess(options)
    const ids = await idsIn(await connected(restarted.mongo))
    // The one that was not acknowledged may be there or not.
    expect(ids.filter((id) => id < 20)).toHaveLength(20)
    expect(ids.length).toBeLessThanOrEqual(21)
    await restarted.stop()
  })
})

describe('a file that is damaged', () => {
  const killed = async (folder: string): Promise<void> => {
    const engines = await startInProcess({ mongo: { folder, listen: 0 } })
    const client = await connected(engines.mongo)
    for (let _id = 0; _id < 30; _id++) await rowsOf(client).insertOne({ _id, text: 'x'.repeat(500) })
    process.kill(engines.pid, 'SIGKILL')
    await engines.failed
  }

  it('has a torn tail that nobody was told of: it is cut, and all before it is there', async () => {
    const folder = aFolder()
    await killed(folder)
    const log = join(folder, 'store.sqlite-wal')
    const bytes = readFileSync(log)
    // As a commit begins that the power did not let end: a frame of this log, and half of the next.
    writeFileSync(log, bytes.subarray(32, 32 + 6000), { flag: 'a' })
    const engines = await startInWorker({ mongo: { folder, listen: 0 } })
    const client = await connected(engines.mongo)
    expect(await idsIn(client)).toEqual(Array.from({ length: 30 }, (_, i) => i))
    await client.close()
    await engines.stop()
  })

  it('lost its last acknowledged commit: the start is refused in a sentence', async () => {
    const folder = aFolder()
    await killed(folder)
    const log = join(folder, 'store.sqlite-wal')
    truncateSync(log, statSync(log).size - 10)
    await expect(startInWorker({ mongo: { folder, listen: 0 } })).rejects.toThrow(
      /store\.sqlite-wal is damaged: \d+ of its \d+ acknowledged pages are lost; .* restore a backup, or copy out .*salvage/,
    )
  })

  it('is damaged in the middle: the start is refused in a sentence', async () => {
    const folder = aFolder()
    await killed(folder)
    const log = join(folder, 'store.sqlite-wal')
    const bytes = readFileSync(log)
    bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 64)
    writeFileSync(log, bytes)
    await expect(startInWorker({ mongo: { folder, listen: 0 } })).rejects.toThrow(/damaged before its last \d+ commits/)
  })

  it.each(['mongo', 'kafka'] as const)('is no file of the %s engine at all', async (name) => {
    const folder = aFolder()
    writeFileSync(join(folder, name === 'mongo' ? 'store.sqlite' : 'log.sqlite'), Buffer.alloc(8192, 'rubbish'))
    await expect(startInWorker({ [name]: { folder, listen: 0 } })).rejects.toThrow(
      /sqlite cannot be read and was left as it is: file is not a database/,
    )
  })
})

describe('engines that end by themselves', () => {
  test('a process that is killed is told to its owner, and can still be stopped', async () => {
    const engines = await startInProcess({ mongo: { folder: aFolder(), listen: 0 } })
    process.kill(engines.pid, 'SIGKILL')
    expect((await engines.failed).message).toBe('the engines ended (SIGKILL)')
    await engines.stop()
  })

  test('a worker whose file is damaged under its hands ends, and tells', async () => {
    const folder = aFolder()
    const engines = await startInWorker({ mongo: { folder, listen: 0, cacheMiB: 1 } })
    const client = await connected(engines.mongo)
    const text = 'x'.repeat(10_000)
    // More than the log holds between two checkpoints: what lies in the log is read from there.
    await rowsOf(client).insertMany(Array.from({ length: 8000 }, (_, _id) => ({ _id, text })))
    const file = join(folder, 'store.sqlite')
    truncateSync(file, 8192)
    const read = idsIn(client).then(
      () => 'read',
      () => 'failed',
    )
    expect((await engines.failed).message).toMatch(
      /^the mongo engine ended: (disk I\/O error|.*malformed|.* is damaged: )/,
    )
    expect(await read).toBe('failed')
    await client.close()
    await engines.stop()
  })

  test('one that was told to stop has not failed', async () => {
    const engines = await startInWorker({ mongo: { folder: aFolder(), listen: 0 } })
    await engines.stop()
    expect(await Promise.race([engines.failed, Promise.resolve('not failed')])).toBe('not failed')
  })
})
