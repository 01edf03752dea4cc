import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Damaged } from './damage.ts'
import { diskFailure } from './failure.ts'
import type { Format } from './format.ts'
import { damagedPages, damagedSentence, type Files, filesOf, inspect, keepLog } from './inspect.ts'
import { createPageSums, type PageSums } from './page-sums.ts'
import { createWalReader, readHead, type WalReader } from './wal.ts'

export type { Format } from './format.ts'

export interface OpenOptions {
  path: string
  cacheMiB: number
  /** How many pages are written before they are moved to their place; that stalls the thread. */
  checkpointPages: number
}

/** One file, durable with each commit, for this process alone; its pages are held to their checksums. */
export interface DatabaseFile {
  readonly sql: DatabaseSync
  /** After each commit, before anybody is told of it. */
  readonly committed: () => void
  /** Looks at the next few pages; throws when one is not what was written. */
  readonly scrub: () => void
  readonly close: () => void
}

const PAGE_SIZE = 4096
const MOST_WAL_BYTES = 64 * 1024 * 1024
/** So many frames are read back at once: a few milliseconds. */
const READ_FRAMES = 256
/** In one round of scrubbing. */
const SCRUBBED_BYTES = 1024 * 1024

type Parts = { readonly files: Files; readonly sql: DatabaseSync; readonly sums: PageSums }

/** The log as it grows: reads back what SQLite wrote, so that the sums of pages are known before they are moved. */
const createLog = ({ files, sql }: Parts) => {
  const look = sql.prepare('pragma wal_checkpoint(noop)')
  let file: number | undefined
  let reader: WalReader | undefined
  let mayBeNew = true
  const read = (frames: number): WalReader => {
    if (!reader?.follow(frames)) throw new Damaged(`${files.wal} is damaged`)
    return reader
  }
  return {
    read,
    frames: (): number => Number(look.get()?.log ?? 0),
    /** After all was moved, the next commit begins it anew. */
    moved() {
      mayBeNew = true
    },
    current(): WalReader {
      if (reader && !mayBeNew) return reader
      file ??= openSync(files.wal, 'r')
      const head = readHead(file)
      if (!head) throw new Damaged(`${files.wal} is damaged at its head`)
      const isSame = reader?.head.salts.every((salt, i) => salt === head.salts[i])
      if (!isSame) reader = createWalReader(file, head)
      mayBeNew = false
      keepLog(files)
      return reader ?? createWalReader(file, head)
    },
    close: () => file !== undefined && closeSync(file),
  }
}

const createScrub = ({ files, sums }: Parts) => {
  // Closed with the database only: closing any handle of a file gives up the locks that the process has on it.
  const file = openSync(files.path, 'r')
  let next = 1
  return {
    next() {
      const { pages, pageSize } = sums.state()
      if (next > pages) next = 1
      const to = Math.min(pages, next + SCRUBBED_BYTES / pageSize - 1)
      const damaged = damagedPages(file, sums, { from: next, to })
      if (damaged.length > 0) throw new Damaged(damagedSentence(files.path, damaged, pages))
      next = to + 1
    },
    close: () => closeSync(file),
  }
}

/** Moves what is logged into the database, whose new sums are on the disk before. */
const createMover = ({ sql, sums }: Parts, log: ReturnType<typeof createLog>) => {
  const move = sql.prepare('pragma wal_checkpoint(passive)')
  /** Whether the database is what its sums say: not while a move was begun and not finished. */
  let isWhole = sums.state().phase === 'stopped'
  const moveAll = (): void => {
    const frames = log.frames()
    if (frames > 0) {
      log.current()
      const { logged, head } = log.read(frames)
      isWhole = false
      sums.change(logged.sums, { ...sums.state(), salts: head.salts, frames, pages: logged.pages })
      const { log: all, checkpointed } = move.get() as { log: number; checkpointed: number }
      if (checkpointed < all) return
    }
    isWhole = true
    log.moved()
  }
  return {
    isWhole: () => isWhole,
    /** A full disk is read from, and the log goes on. */
    moveIfRoom() {
      try {
        moveAll()
      } catch (error) {
        if (diskFailure(error) !== 'full') throw error
      }
    },
  }
}

const createFile = (parts: Parts, checkpointPages: number): DatabaseFile => {
  const { files, sql, sums } = parts
  const log = createLog(parts)
  const scrub = createScrub(parts)
  const mover = createMover(parts, log)

  const note = (frames: number): void => {
    const { head, logged } = log.current()
    const state = sums.state()
    sums.note({ ...state, phase: 'running', salts: head.salts, frames }, state.phase !== 'running')
    if (frames - logged.frames >= READ_FRAMES) log.read(frames)
  }

  if (sums.state().phase === 'running') mover.moveIfRoom()
  return {
    sql,
    committed() {
      const frames = log.frames()
      if (frames === 0) return
      try {
        note(frames)
      } catch (error) {
        // What was committed is on the disk, so this must not look like a disk that was full before.
        throw new Error(`a commit could not be noted: ${(error as Error).message}`, { cause: error })
      }
      if (frames >= checkpointPages) mover.moveIfRoom()
    },
    scrub: () => mover.isWhole() && scrub.next(),
    close() {
      try {
        mover.moveIfRoom()
        if (mover.isWhole()) sums.note({ ...sums.state(), phase: 'stopped' }, true)
      } finally {
        sql.close()
        for (const part of [scrub, log, sums]) part.close()
        if (sums.state().phase === 'stopped') rmSync(files.kept, { force: true })
      }
    },
  }
}

const PRAGMAS = ({ cacheMiB }: OpenOptions): string =>
  // Exclusive: SQLite needs no shared memory file for the index of its log. When its log is moved is decided here.
  `pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;
    pragma cache_size = -${cacheMiB * 1024}; pragma wal_autocheckpoint = 0; pragma journal_size_limit = ${MOST_WAL_BYTES}`

const explained = (error: unknown, path: string): unknown =>
  diskFailure(error) === 'broken' && error instanceof Error && !(error instanceof Damaged)
    ? new Error(`${path} cannot be read and was left as it is: ${error.message}`, { cause: error })
    : error

/** Lays out a new database, and leaves it stopped in order. */
const layOut = (options: OpenOptions, files: Files, format: Format): void => {
  // Under its name it is whole: an empty one would be taken for damage.
  const sums = createPageSums(files.newSums, PAGE_SIZE)
  renameSync(files.newSums, files.sums)
  closeSync(openSync(files.path, 'w', 0o600))
  const sql = new DatabaseSync(files.path, { enableForeignKeyConstraints: false })
  try {
    const { schema, applicationId, version } = format
    sql.exec(`pragma page_size = ${PAGE_SIZE}; ${PRAGMAS(options)}; begin; ${schema}
      pragma application_id = ${applicationId}; pragma user_version = ${version}; commit`)
    createFile({ files, sql, sums }, options.checkpointPages).close()
  } catch (error) {
    if (sql.isOpen) sql.close()
    throw error
  }
  if (sums.state().phase !== 'stopped') throw new Error(`there is no room for ${files.path}`)
}

/** The checksums of a database that is there, and sound. */
const prepared = (options: OpenOptions, files: Files, format: Format): PageSums => {
  const found = inspect(files, format)
  if (found) return found
  layOut(options, files, format)
  const made = inspect(files, format)
  if (!made) throw new Error(`${files.path} was not made`)
  return made
}

export const openDatabase = (options: OpenOptions, format: Format): DatabaseFile => {
  const files = filesOf(options.path)
  const sums = prepared(options, files, format)
  const sql = new DatabaseSync(options.path, { enableForeignKeyConstraints: false })
  try {
    sql.exec(PRAGMAS(options))
    const file = createFile({ files, sql, sums }, options.checkpointPages)
    const version = Number(sql.prepare('pragma user_version').get()?.user_version)
    if (version === format.version) return file
    sql.exec(`pragma user_version = ${format.version}`)
    file.committed()
    return file
  } catch (error) {
    sql.close()
    sums.close()
    throw explained(error, options.path)
  }
}
