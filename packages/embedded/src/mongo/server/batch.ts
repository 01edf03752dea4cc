import type { SqliteFile } from '../storage/sqlite-file.ts'
import type { Database } from '../storage/work.ts'
import { endTransaction } from '../transactions/transaction.ts'

/** What is written but not on the disk yet. */
export interface Batch {
  isEmpty: () => boolean
  holds: (database: Database) => boolean
  take: (database: Database) => void
  commit: () => void
  takeBack: () => void
}

export const createBatch = (file: SqliteFile): Batch => {
  const dirty = new Set<Database>()
  const done = (): Database[] => {
    const databases = [...dirty]
    dirty.clear()
    return databases
  }
  return {
    isEmpty: () => dirty.size === 0,
    holds: (database) => dirty.has(database),
    take(database) {
      if (dirty.size === 0) file.beginBatch()
      dirty.add(database)
    },
    commit() {
      for (const { catalog } of dirty) catalog.saveMultikey()
      file.commitBatch()
      for (const { catalog } of done()) catalog.settled()
    },
    takeBack() {
      file.rollbackBatch()
      for (const database of done()) {
        database.catalog.reload()
        // Their snapshots may hold what was just taken back.
        for (const transaction of database.active) endTransaction(transaction)
      }
    },
  }
}
