import { DatabaseSync } from 'node:sqlite'
import { diskFailure } from './failure.ts'
import { checkWal } from './wal.ts'

/** What a program knows of its file: who made it, in which form, and how it begins. */
export interface Format {
  applicationId: number
  version: number
  schema: string
}

export interface OpenOptions {
  path: string
  cacheMiB: number
  /** How many pages are written before they are moved to their place; that stalls the thread. */
  checkpointPages: number
}

const pragma = (sql: DatabaseSync, name: string): number =>
  Number(Object.values(sql.prepare(`pragma ${name}`).get() ?? {})[0])

/** Lays out a new file; refuses one of another program or version in a sentence. */
const prepareFormat = (sql: DatabaseSync, path: string, { applicationId, version, schema }: Format): void => {
  const [application, found] = [pragma(sql, 'application_id'), pragma(sql, 'user_version')]
  if (application === applicationId && found === version) return
  const tables = sql.prepare('select count(*) as n from sqlite_master').get()
  if (application !== 0 || found !== 0 || tables?.n !== 0)
    throw new Error(`${path} has format ${application}/${found}; this version reads ${applicationId}/${version}`)
  sql.exec(`begin; ${schema} pragma application_id = ${applicationId}; pragma user_version = ${version}; commit`)
}

const MOST_WAL_BYTES = 64 * 1024 * 1024

const prepare = (sql: DatabaseSync, { path, cacheMiB, checkpointPages }: OpenOptions, format: Format): void => {
  // Exclusive: a second process on the same folder is refused, and SQLite needs no shared memory file for the WAL's index.
  sql.exec(`pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;
    pragma cache_size = -${cacheMiB * 1024}; pragma wal_autocheckpoint = ${checkpointPages};
    pragma journal_size_limit = ${MOST_WAL_BYTES}`)
  prepareFormat(sql, path, format)
  startLog(sql)
}

/** A new log from here on: what a crash left behind must not look like damage after the next. */
const startLog = (sql: DatabaseSync): void => {
  try {
    sql.exec('pragma wal_checkpoint(truncate)')
  } catch (error) {
    // A full disk is read from; the log goes on.
    if (diskFailure(error) !== 'full') throw error
  }
}

const explained = (error: unknown, path: string): unknown =>
  diskFailure(error) === 'broken' && error instanceof Error
    ? new Error(`${path} cannot be read and was left as it is: ${error.message}`, { cause: error })
    : error

/** One file, durable with each commit, for this process alone. */
export const openDatabase = (options: OpenOptions, format: Format): DatabaseSync => {
  checkWal(options.path)
  const sql = new DatabaseSync(options.path, { enableForeignKeyConstraints: false })
  try {
    prepare(sql, options, format)
  } catch (error) {
    sql.close()
    throw explained(error, options.path)
  }
  return sql
}
