/**
 * What an error of SQLite says of the disk. `full` may pass. After `broken` (an I/O error, a failed fsync, a damaged file) nothing
 * that the process believes of its file need be true, and trying again would hide it: only a new start, which reads the file, helps.
 */
export type DiskFailure = 'full' | 'broken'

/** SQLite's primary result codes. */
const FULL = 13
const BROKEN: ReadonlySet<number> = new Set([10, 11, 26])

export const diskFailure = (error: unknown): DiskFailure | undefined => {
  const code = (error as { errcode?: unknown } | null)?.errcode
  if (typeof code !== 'number') return undefined
  // The higher bytes say what exactly went wrong.
  const primary = code & 0xff
  if (primary === FULL) return 'full'
  return BROKEN.has(primary) ? 'broken' : undefined
}
