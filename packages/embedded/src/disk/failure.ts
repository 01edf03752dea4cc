import { Damaged } from './damage.ts'

/**
 * What an error of SQLite or of the file system says of the disk. `full` may pass. After `broken` (an I/O error, a failed fsync, a
 * damaged file) nothing that the process believes of its file need be true, and trying again would hide it: only a new start, which
 * reads the file, helps.
 */
export type DiskFailure = 'full' | 'broken'

/** SQLite's primary result codes. */
const FULL = 13
const BROKEN: ReadonlySet<number> = new Set([10, 11, 26])

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])
/** What only a file or a device gives, never a socket. */
const IO_ERRORS: ReadonlySet<string> = new Set(['EIO', 'EFBIG', 'EROFS'])

const ofSystem = (code: string): DiskFailure | undefined => {
  if (NO_ROOM.has(code)) return 'full'
  return IO_ERRORS.has(code) ? 'broken' : undefined
}

export const diskFailure = (error: unknown): DiskFailure | undefined => {
  if (error instanceof Damaged) return 'broken'
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown }
  if (typeof errcode !== 'number') return typeof code === 'string' ? ofSystem(code) : undefined
  // The higher bytes say what exactly went wrong.
  const primary = errcode & 0xff
  if (primary === FULL) return 'full'
  return BROKEN.has(primary) ? 'broken' : undefined
}
