import { closeSync, copyFileSync, existsSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { damagedPages, filesOf } from '../disk/inspect.ts'
import { openPageSums, type PageSums } from '../disk/page-sums.ts'
import { withWal } from '../disk/wal.ts'

/** A copy of a database in which nothing can be read that is not what was written, and what is known to be lost. */
export type Source = { readonly sql: DatabaseSync; readonly lost: readonly string[] }

type Known = { readonly sums: PageSums | undefined; readonly lost: string[] }

const sumsOf = (path: string, lost: string[]): PageSums | undefined => {
  try {
    const sums = openPageSums(path)
    if (!sums) lost.push('the checksums are missing: what was altered cannot be told from what was not')
    return sums
  } catch {
    lost.push('the checksums are damaged: what was altered cannot be told from what was not')
    return undefined
  }
}

/** The pages that the log has newer; the log is copied where it counts. */
const takeLog = (from: string, to: string, { sums, lost }: Known): ReadonlyMap<number, number> => {
  const { wal, kept } = filesOf(from)
  const log = existsSync(wal) ? wal : kept
  if (sums?.state().phase === 'stopped') return new Map()
  return withWal(log, (reader) => {
    if (!reader) {
      lost.push('the log is missing or damaged at its head: the last commits before the end are lost')
      return new Map()
    }
    reader.readSound()
    const beyond = reader.commitsBeyond()
    if (beyond > 0) lost.push(`the log is damaged: ${beyond} commits beyond its damage are lost`)
    copyFileSync(log, filesOf(to).wal)
    return reader.logged.sums
  })
}

/** So that SQLite finds them damaged, too, and nothing of them is taken for true. */
const blank = (path: string, pages: readonly number[], pageSize: number): void => {
  const file = openSync(path, 'r+')
  for (const page of pages) writeSync(file, Buffer.alloc(pageSize), 0, pageSize, (page - 1) * pageSize)
  closeSync(file)
}

const takePages = (from: string, to: string, { sums, lost }: Known): void => {
  copyFileSync(from, to)
  const newer = takeLog(from, to, { sums, lost })
  if (!sums) return
  const { pages, pageSize } = sums.state()
  const file = openSync(to, 'r')
  const damaged = damagedPages(file, sums, { from: 1, to: pages, except: newer })
  closeSync(file)
  sums.close()
  if (damaged.length === 0) return
  lost.push(`${damaged.length} of ${pages} pages are not what was written: ${damaged.join(', ')}`)
  // Without the first nothing can be found; what it says is held to what can be read.
  blank(
    to,
    damaged.filter((page) => page !== 1),
    pageSize,
  )
}

export const openSource = (path: string, workFolder: string): Source => {
  if (!existsSync(path)) throw new Error(`${path} is missing: nothing of it can be read`)
  const lost: string[] = []
  const copy = join(workFolder, 'source')
  takePages(path, copy, { sums: sumsOf(filesOf(path).sums, lost), lost })
  return { sql: new DatabaseSync(copy), lost }
}
