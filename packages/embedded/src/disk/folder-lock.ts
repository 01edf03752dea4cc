import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** SQLite's result code for a lock that somebody else holds. */
const BUSY = 5

const isBusy = (error: unknown): boolean => (Number((error as { errcode?: unknown }).errcode) & 0xff) === BUSY

const opened = (folder: string): DatabaseSync => {
  const path = join(folder, 'server.lock')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Only where there is none: closing a handle of it would give up the lock that this process may hold.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    return new DatabaseSync(path)
  } catch (error) {
    throw new Error(`${path} cannot be opened: ${(error as Error).message}`, { cause: error })
  }
}

/** Keeps a second server out of the folder; the lock goes with the process, however it ends. */
export const lockFolder = (folder: string): (() => void) => {
  const lock = opened(folder)
  try {
    // With its journal in memory it needs no room: a full disk must not look like another server.
    lock.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    if (isBusy(error)) throw new Error(`${folder} is locked: another server uses it`, { cause: error })
    throw new Error(`${folder} cannot be locked: ${(error as Error).message}`, { cause: error })
  }
  return () => lock.close()
}
