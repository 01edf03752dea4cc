import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/disk/open-database.ts'
import { createPageSums } from '../../src/disk/page-sums.ts'
import { generator } from '../seeded.ts'

const FORMAT = {
  applicationId: 0x1234,
  version: 2,
  older: 1,
  schema: 'create table t(id integer primary key, name text unique, body blob not null);',
}
const OPTIONS = { cacheMiB: 1, checkpointPages: 64 }
const ROWS = 300

const open = (folder: string) => openDatabase({ ...OPTIONS, path: join(folder, 'store') }, FORMAT)
type Opened = ReturnType<typeof open>

const insert = ({ sql, committed }: Opened, from: number, to: number): void => {
  const statement = sql.prepare('insert into t values (?, ?, ?)')
  for (let id = from; id < to; id++) {
    statement.run(id, `row-${id}`, createHash('sha512').update(String(id)).digest())
    committed()
  }
}

const contentOf = ({ sql }: Opened) =>
  [...sql.prepare('select * from t order by id').iterate()].map(({ id, name, body }) => ({
    id,
    name,
    body: Buffer.from(body as Uint8Array).toString('hex'),
  }))

const copied = (folder: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'damage-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** How a folder is found by the next start: stopped in order, or with commits that are in the log alone. */
const FOUND = ['stopped', 'killed'] as const
const folders = new Map<string, string>()
let expected: unknown

beforeAll(() => {
  const live = mkdtempSync(join(tmpdir(), 'damage-live-'))
  const file = open(live)
  insert(file, 0, ROWS)
  expected = contentOf(file)
  // A process that is killed leaves its files as they are.
  const killed = mkdtempSync(join(tmpdir(), 'damage-killed-'))
  cpSync(live, killed, { recursive: true })
  file.close()
  folders.set('stopped', live).set('killed', killed)
})

afterAll(() => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true })
})

/** What a start makes of a folder: refused in a sentence that says the way out, or with all that was acknowledged. */
const outcome = (folder: string): 'refused' | 'whole' => {
  const before = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
  let file: Opened
  try {
    file = open(folder)
  } catch (error) {
    expect((error as Error).message).toMatch(
      /restore a backup, or copy out what is readable|was left as it is: file is not a database|has format/,
    )
    for (const [name, bytes] of before)
      expect(readFileSync(join(folder, name)).equals(bytes), `${name} was left as it was`).toBe(true)
    return 'refused'
  }
  expect(contentOf(file)).toEqual(expected)
  file.close()
  return 'whole'
}

const flipped = (path: string, at: number, mask = 0xff): void => {
  const bytes = readFileSync(path)
  bytes[at] = bytes.readUInt8(at) ^ mask
  writeFileSync(path, bytes)
}

describe.each(FOUND)('a database that was %s', (found) => {
  const folderOf = (): string => copied(folders.get(found) ?? '')

  test('opens again with all that it held, more than once', () => {
    const folder = folderOf()
    expect(outcome(folder)).toBe('whole')
    expect(outcome(folder)).toBe('whole')
    expect(readdirSync(folder).sort()).toEqual(['store', 'store-sums'])
  })

  test.each(['store', 'store-sums', 'store-wal'])('a byte that was flipped somewhere in %s is found', (name) => {
    const next = generator(49)
    const path = join(folders.get(found) ?? '', name)
    if (!existsSync(path)) return
    const { length } = readFileSync(path)
    const tally = { refused: 0, whole: 0 }
    for (let round = 0; round < 60; round++) {
      const folder = folderOf()
      // The head as often as all the rest.
      flipped(join(folder, name), next(round % 2 === 0 ? Math.min(100, length) : length), 1 << next(8))
      tally[outcome(folder)]++
    }
    // What is not in use may be flipped unnoticed: padding, sums of pages to come, the pages that the log has newer.
    expect(tally.refused).toBeGreaterThanOrEqual(name === 'store' && found === 'stopped' ? 60 : 5)
  })

  test.each(['store', 'store-sums', 'store-wal'])(
    '%s cut off somewhere is refused, or it held nothing of its own',
    (name) => {
      const next = generator(50)
      const path = join(folders.get(found) ?? '', name)
      if (!existsSync(path)) return
      for (let round = 0; round < 20; round++) {
        const folder = folderOf()
        const bytes = readFileSync(path)
        writeFileSync(join(folder, name), bytes.subarray(0, next(bytes.length)))
        const result = outcome(folder)
        if (found === 'stopped') expect(result).toBe('refused')
      }
    },
  )

  test.each(['store', 'store-sums'])('%s missing is refused', (name) => {
    const folder = folderOf()
    rmSync(join(folder, name))
    expect(outcome(folder)).toBe('refused')
  })

  test('two pages that changed places are found', () => {
    const folder = folderOf()
    const path = join(folder, 'store')
    const bytes = readFileSync(path)
    const last = bytes.length / 4096 - 1
    const [one, other] = [3, last].map((page) => Buffer.from(bytes.subarray(page * 4096, (page + 1) * 4096)))
    other?.copy(bytes, 3 * 4096)
    one?.copy(bytes, last * 4096)
    writeFileSync(path, bytes)
    expect(outcome(folder)).toBe('refused')
  })

  test('an older copy of the database under the sums of today is refused', () => {
    const folder = copied(folders.get('stopped') ?? '')
    const old = copied(folder)
    const file = open(folder)
    insert(file, ROWS, ROWS + 50)
    file.close()
    copyFileSync(join(old, 'store'), join(folder, 'store'))
    expect(outcome(folder)).toBe('refused')
  })
})

test('a log that is missing, or whose head was flipped in any byte, is refused: commits were in it alone', () => {
  const folder = copied(folders.get('killed') ?? '')
  const log = join(folder, 'store-wal')
  for (let at = 0; at < 32; at++) {
    flipped(log, at)
    expect(outcome(folder), `byte ${at}`).toBe('refused')
    flipped(log, at)
  }
  rmSync(log)
  rmSync(join(folder, 'store-kept'))
  expect(outcome(folder)).toBe('refused')
})

test('the last acknowledged commit is missed, though SQLite would take its damage for a torn tail', () => {
  const folder = copied(folders.get('killed') ?? '')
  const log = join(folder, 'store-wal')
  const { length } = readFileSync(log)
  // What the log held before it began anew may follow; the frames of today end where the state says.
  const frames = readFileSync(join(folder, 'store-sums')).readUInt32BE(5 * 4)
  expect(32 + frames * 4120).toBeLessThanOrEqual(length)
  flipped(log, 32 + frames * 4120 - 10)
  expect(() => open(folder)).toThrow(/acknowledged pages are lost/)
})

test('an older log in the place of the last one is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'damage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = open(folder)
  insert(file, 0, 20)
  const older = readFileSync(join(folder, 'store-wal'))
  insert(file, 20, ROWS)
  const now = copied(folder)
  file.close()
  for (const name of ['store-wal', 'store-kept']) writeFileSync(join(now, name), older)
  expect(() => open(now)).toThrow(/is not the log that was written last/)
})

test('a handle that was closed without a stop, as a thread that is cut off does it, is no damage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'damage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = open(folder)
  insert(file, 0, ROWS)
  file.sql.close()
  expect(existsSync(join(folder, 'store-wal'))).toBe(false)
  expect(outcome(folder)).toBe('whole')
})

test('a page that is damaged while the database is open is found by scrubbing', () => {
  const folder = copied(folders.get('stopped') ?? '')
  const file = open(folder)
  for (let round = 0; round < 5; round++) file.scrub()
  flipped(join(folder, 'store'), 5 * 4096 + 77)
  expect(() => {
    for (let round = 0; round < 5; round++) file.scrub()
  }).toThrow(/store is damaged: 1 of its \d+ pages are not what was written \(6\)/)
  file.sql.close()
})

test('a database of the version before gets its sums once; without them this version is refused', () => {
  const folder = copied(folders.get('stopped') ?? '')
  const path = join(folder, 'store')
  const older = readFileSync(path)
  older.writeUInt32BE(1, 60)
  writeFileSync(path, older)
  rmSync(`${path}-sums`)
  expect(outcome(folder)).toBe('whole')
  expect(readFileSync(path).readUInt32BE(60)).toBe(2)
  rmSync(`${path}-sums`)
  expect(outcome(folder)).toBe('refused')
})

test('a database that was being made when the process was killed is made anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'damage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  createPageSums(join(folder, 'store-sums'), 4096).close()
  writeFileSync(join(folder, 'store'), 'half of it')
  const file = open(folder)
  insert(file, 0, ROWS)
  expect(contentOf(file)).toEqual(expected)
  file.close()
})
