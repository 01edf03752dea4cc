import { closeSync, existsSync, linkSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { Damaged } from './damage.ts'
import { type Format, readFileHead } from './format.ts'
import { createPageSums, openPageSums, type PageSums, type State } from './page-sums.ts'
import { openIfThere, type WalReader, withWal } from './wal.ts'

/** The files of a database. */
export const filesOf = (path: string) => ({
  path,
  wal: `${path}-wal`,
  sums: `${path}-sums`,
  /** Sums that are being made. */
  newSums: `${path}-sums.new`,
  /**
   * The log's second name. SQLite moves the log into the database and deletes it when its handle is closed, also by a thread that is
   * cut off, and then nobody could tell what was moved from what was damaged.
   */
  kept: `${path}-kept`,
})

export type Files = ReturnType<typeof filesOf>

const CHUNK_BYTES = 1024 * 1024
const NONE: ReadonlyMap<number, number> = new Map()

/** The pages of a part of the file that are not as they were written. */
export const damagedPages = (
  file: number,
  sums: PageSums,
  { from, to, except = NONE }: { from: number; to: number; except?: ReadonlyMap<number, number> | undefined },
): number[] => {
  const { pageSize } = sums.state()
  const damaged: number[] = []
  const most = Math.max(1, Math.floor(CHUNK_BYTES / pageSize))
  const chunk = Buffer.allocUnsafe(most * pageSize)
  for (let first = from; first <= to; first += most) {
    const pages = Math.min(most, to - first + 1)
    const read = readSync(file, chunk, 0, pages * pageSize, (first - 1) * pageSize)
    for (let i = 0; i < pages; i++) {
      if (except.has(first + i)) continue
      const isWhole = (i + 1) * pageSize <= read
      if (!isWhole || crc32(chunk.subarray(i * pageSize, (i + 1) * pageSize)) !== sums.sumOf(first + i))
        damaged.push(first + i)
    }
  }
  return damaged
}

const SHOWN = 5

export const damagedSentence = (path: string, damaged: readonly number[], pages: number): string => {
  const shown = damaged.slice(0, SHOWN).join(', ')
  const more = damaged.length > SHOWN ? ', …' : ''
  return `${path} is damaged: ${damaged.length} of its ${pages} pages are not what was written (${shown}${more})`
}

const checkPages = (path: string, sums: PageSums, except?: ReadonlyMap<number, number>): void => {
  const { pages } = sums.state()
  const file = openIfThere(path)
  if (file === undefined) throw new Damaged(`${path} is missing`)
  try {
    const damaged = damagedPages(file, sums, { from: 1, to: pages, except })
    if (damaged.length > 0) throw new Damaged(damagedSentence(path, damaged, pages))
  } finally {
    closeSync(file)
  }
}

/** Salts that rise by one each time a log begins anew, and wrap around. */
const isOlder = (salt: number, than: number): boolean => ((salt - than) | 0) < 0

/**
 * Refuses a log in which acknowledged commits are missing. SQLite reads it up to the first damage and forgets the rest without a word:
 * right for a commit that was torn when the power went, wrong for those that were on the disk.
 */
const checkLog = (wal: string, reader: WalReader, { salts, frames }: State): void => {
  const { head, logged } = reader
  reader.readSound()
  const lost = reader.commitsBeyond()
  // Each commit is on the disk before the next begins, so one beyond the damage may be a torn tail; several are not.
  if (lost > 1) throw new Damaged(`${wal} is damaged before its last ${lost} commits`)
  const isSame = head.salts[0] === salts[0] && head.salts[1] === salts[1]
  if (!isSame && (head.salts[0] === salts[0] || isOlder(head.salts[0], salts[0])))
    throw new Damaged(`${wal} is not the log that was written last`)
  if (isSame && logged.frames < frames)
    throw new Damaged(`${wal} is damaged: ${frames - logged.frames} of its ${frames} acknowledged pages are lost`)
}

/** File systems that know no second names: there a thread that is cut off looks like a lost log. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

const isSameFile = (one: string, other: string): boolean =>
  existsSync(other) && statSync(one).ino === statSync(other).ino

/** Gives the log its second name. */
export const keepLog = ({ wal, kept }: Files): void => {
  if (isSameFile(wal, kept)) return
  rmSync(kept, { force: true })
  try {
    linkSync(wal, kept)
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

const checkRunning = (files: Files, sums: PageSums): void => {
  if (!existsSync(files.wal) && existsSync(files.kept)) linkSync(files.kept, files.wal)
  withWal(files.wal, (reader, isThere) => {
    if (!isThere) throw new Damaged(`${files.path} was not stopped in order, and its log ${files.wal} is missing`)
    if (!reader) throw new Damaged(`${files.wal} is damaged at its head`)
    checkLog(files.wal, reader, sums.state())
    checkPages(files.path, sums, reader.logged.sums)
  })
  // Those of a folder that was copied are two.
  keepLog(files)
}

const removeLog = ({ wal, kept }: Files): void => {
  for (const file of [wal, kept]) rmSync(file, { force: true })
}

/** One that was written by the version before gets its checksums, once SQLite has found nothing wrong with it. */
const adopt = (files: Files, pageSize: number): PageSums => {
  withWal(files.wal, (reader) => {
    reader?.readSound()
    const lost = reader?.commitsBeyond() ?? 0
    if (lost > 1) throw new Damaged(`${files.wal} is damaged before its last ${lost} commits`)
  })
  const sql = new DatabaseSync(files.path, { enableForeignKeyConstraints: false })
  try {
    const found = Object.values(sql.prepare('pragma quick_check(1)').get() ?? {})[0]
    if (found !== 'ok') throw new Damaged(`${files.path} is damaged: ${String(found)}`)
    sql.exec('pragma wal_checkpoint(truncate)')
  } finally {
    sql.close()
  }
  return sumsOfFile(files, pageSize)
}

/** Reads the sums off the file as it is, and gives them their name when they are whole. */
const sumsOfFile = ({ path, sums: name, newSums }: Files, pageSize: number): PageSums => {
  const sums = createPageSums(newSums, pageSize)
  const file = openIfThere(path)
  if (file === undefined) throw new Error(`${path} is missing`)
  const found = new Map<number, number>()
  const page = Buffer.allocUnsafe(pageSize)
  for (let at = 1; readSync(file, page, 0, pageSize, (at - 1) * pageSize) === pageSize; at++) found.set(at, crc32(page))
  closeSync(file)
  sums.change(found, { ...sums.state(), phase: 'stopped', pages: found.size })
  renameSync(newSums, name)
  return sums
}

const verify = (files: Files, sums: PageSums): void => {
  if (sums.state().phase === 'running') {
    checkRunning(files, sums)
    return
  }
  checkPages(files.path, sums)
  // What is in it is in the database, or was never acknowledged.
  removeLog(files)
}

/** Nothing was ever acknowledged of a database that was not even made. */
const discard = (files: Files): void => {
  removeLog(files)
  rmSync(files.path, { force: true })
  rmSync(files.sums, { force: true })
}

/** Holds a database to what is known of it, before SQLite opens it. Undefined when there is none yet. */
export const inspect = (files: Files, format: Format): PageSums | undefined => {
  const sums = openPageSums(files.sums)
  try {
    if (sums?.state().phase === 'new') {
      sums.close()
      discard(files)
      return undefined
    }
    const head = readFileHead(files.path, format)
    if (head && !sums) {
      if (head.version === format.version) throw new Damaged(`${files.sums} is missing`)
      return adopt(files, head.pageSize)
    }
    if (!head && (sums || existsSync(files.wal) || existsSync(files.kept)))
      throw new Damaged(`${files.path} is missing`)
    if (sums) verify(files, sums)
    return sums
  } catch (error) {
    sums?.close()
    throw error
  }
}
