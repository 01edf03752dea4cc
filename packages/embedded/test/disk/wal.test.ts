import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { diskFailure } from '../../src/disk/failure.ts'
import { withWal } from '../../src/disk/wal.ts'

const COMMITS = 20
const FRAME = 24 + 4096

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A file and its log as a crash leaves them: some commits that were never moved into the file. */
const crashed = (): string => {
  const folder = aFolder()
  const [live, path] = [join(folder, 'live'), join(folder, 'store')]
  const sql = new DatabaseSync(live)
  sql.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; create table t(n integer, text)')
  for (let n = 0; n < COMMITS; n++) sql.prepare('insert into t values (?, ?)').run(n, 'x'.repeat(3000))
  for (const suffix of ['', '-wal']) copyFileSync(live + suffix, path + suffix)
  sql.close()
  return path
}

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path)
  bytes[at] = bytes.readUInt8(at) ^ 0xff
  writeFileSync(path, bytes)
}

const rowsIn = (path: string): number => Number(new DatabaseSync(path).prepare('select count(*) as n from t').get()?.n)

/** What is read of a log: the commits up to its first damage, and those beyond. */
const read = (path: string) =>
  withWal(`${path}-wal`, (reader, isThere) => {
    reader?.readSound()
    return { isThere, frames: reader?.logged.frames, beyond: reader?.commitsBeyond() }
  })

const ALL = 1 + COMMITS

test('a whole log is read to its end; none and one without a head are told apart', () => {
  const path = crashed()
  expect(read(path)).toEqual({ isThere: true, frames: expect.any(Number), beyond: 0 })
  expect(read(path).frames).toBeGreaterThanOrEqual(ALL)
  expect(rowsIn(path)).toBe(COMMITS)
  expect(read(join(aFolder(), 'none'))).toEqual({ isThere: false })
  const headless = crashed()
  flip(`${headless}-wal`, 5)
  expect(read(headless)).toEqual({ isThere: true })
})

test('a torn tail ends the log where SQLite ends it', () => {
  const path = crashed()
  const whole = read(path).frames ?? 0
  truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 1000)
  expect(read(path).frames).toBeLessThan(whole)
  expect(read(path).beyond).toBe(0)
  expect(rowsIn(path)).toBe(COMMITS - 1)
})

test('rubbish beyond the last commit changes nothing', () => {
  const path = crashed()
  const whole = read(path)
  writeFileSync(`${path}-wal`, Buffer.alloc(10_000, 7), { flag: 'a' })
  expect(read(path)).toEqual(whole)
})

test.each([
  ['the head of a frame', 4],
  ['a page', 500],
])('damage in the middle, in %s, leaves commits beyond it', (_, within) => {
  const path = crashed()
  flip(`${path}-wal`, 32 + 10 * FRAME + within)
  expect(read(path)).toEqual({ isThere: true, frames: 10, beyond: expect.any(Number) })
  expect(read(path).beyond).toBeGreaterThan(1)
})

test('a log that is followed to its last commit knows the same pages as one that is read', () => {
  const path = crashed()
  const all = read(path).frames ?? 0
  const pagesOf = (way: 'follow' | 'readSound', upTo = all) =>
    withWal(`${path}-wal`, (reader) => {
      if (way === 'readSound') reader?.readSound()
      else expect(reader?.follow(upTo)).toBe(upTo === all)
      return reader?.logged
    })
  expect(pagesOf('follow')).toEqual(pagesOf('readSound'))
  expect(pagesOf('follow', all + 1)).toEqual(pagesOf('readSound'))
})

test('without the check SQLite would forget the commits behind the damage in silence', () => {
  const path = crashed()
  flip(`${path}-wal`, 32 + 10 * FRAME + 500)
  expect(rowsIn(path)).toBeLessThan(COMMITS - 1)
})

test.each([
  [13, 'full'],
  [13 | (4 << 8), 'full'],
  [10 | (4 << 8), 'broken'],
  [11, 'broken'],
  [26, 'broken'],
  [19, undefined],
  [1, undefined],
])('result code %i means: %s', (errcode, failure) => {
  expect(diskFailure(Object.assign(new Error(), { errcode }))).toBe(failure)
})

test('what is no error of SQLite is no failure of the disk', () => {
  for (const error of [new Error(), null, undefined, 'full', { errcode: 'x' }])
    expect(diskFailure(error)).toBe(undefined)
})
