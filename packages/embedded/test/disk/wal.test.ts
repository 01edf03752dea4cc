import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { diskFailure } from '../../src/disk/failure.ts'
import { checkWal } from '../../src/disk/wal.ts'

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

test('a whole log passes, and so does none', () => {
  const path = crashed()
  checkWal(path)
  expect(rowsIn(path)).toBe(COMMITS)
  checkWal(join(aFolder(), 'none'))
})

test('a torn tail passes: what was never acknowledged is cut off', () => {
  const path = crashed()
  truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 1000)
  checkWal(path)
  expect(rowsIn(path)).toBe(COMMITS - 1)
})

test('rubbish behind the last commit passes', () => {
  const path = crashed()
  writeFileSync(`${path}-wal`, Buffer.alloc(10_000, 7), { flag: 'a' })
  checkWal(path)
  expect(rowsIn(path)).toBe(COMMITS)
})

test.each([
  ['the head of a frame', 4],
  ['a page', 500],
])('damage in the middle, in %s, is refused and left as it is', (_, within) => {
  const path = crashed()
  flip(`${path}-wal`, 32 + 10 * FRAME + within)
  const before = readFileSync(`${path}-wal`)
  expect(() => checkWal(path)).toThrow(/store-wal is damaged before its last \d+ commits/)
  expect(readFileSync(`${path}-wal`).equals(before)).toBe(true)
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
