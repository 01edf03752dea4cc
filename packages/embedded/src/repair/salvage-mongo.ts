import type { DatabaseSync } from 'node:sqlite'
import { decode } from '../mongo/bson/document.ts'
import { type Catalog, type Collection, openCatalog } from '../mongo/storage/catalog.ts'
import { indexKeys } from '../mongo/storage/index-keys.ts'
import { openSqliteFile, type SqliteFile } from '../mongo/storage/sqlite-file.ts'
import { changeIndex, insertDocument } from '../mongo/storage/tables.ts'
import { fromBothEnds, readableRows } from './readable.ts'

type Named = { readonly id: number; readonly database: string; readonly name: string }

const BATCH = 500

/** What can be read of a key, after the byte that says of which type it is: ids are text mostly. */
const shown = (key: Uint8Array): string => {
  const text = Buffer.from(key.subarray(1))
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '')
  return text.length >= 3 ? text : Buffer.from(key).toString('hex')
}

const createIndexes = (sql: DatabaseSync, catalog: Catalog, collection: Collection, id: number): void => {
  for (const { spec } of sql.prepare('select spec from indexes where collection = ? order by id').all(id))
    catalog.addIndex(collection, decode(spec as Uint8Array))
}

const store = (file: SqliteFile, collection: Collection, key: Uint8Array, bytes: Uint8Array): void => {
  const doc = decode(bytes)
  const entries = collection.indexes.map((index) => ({ indexId: index.id, removed: [], added: indexKeys(index, doc) }))
  if (!insertDocument(file, collection, key, bytes)) throw new Error('its id is there twice')
  for (const entry of entries) changeIndex(file, entry, key)
}

const inBatches = (file: SqliteFile, catalog: Catalog) => {
  let open = 0
  return {
    begin() {
      if (open++ % BATCH !== 0) return
      this.end()
      file.beginBatch()
    },
    end() {
      if (!file.inBatch()) return
      catalog.saveMultikey()
      file.commitBatch()
    },
  }
}

/** The documents whose keys an index still lists, though they could not be read; `whole` where no key can be missing. */
const missed = (sql: DatabaseSync, id: number, copied: ReadonlySet<string>) => {
  const own = fromBothEnds(sql, (direction) => `select key from c${id} order by key ${direction}`)
  const indexes = sql.prepare('select id from indexes where collection = ?').all(id) as unknown as { id: number }[]
  const others = indexes.flatMap(
    (index) =>
      fromBothEnds(sql, (way) => `select i.id as key from i${index.id} i order by i.key ${way}, i.id ${way}`).rows,
  )
  const keys = new Set([...own.rows, ...others].map(({ key }) => shown(key as Uint8Array)))
  return { keys: [...keys].filter((key) => !copied.has(key)), whole: own.whole }
}

const salvageCollection = (sql: DatabaseSync, file: SqliteFile, { id, database, name }: Named): string[] => {
  const catalog = openCatalog(file, database)
  const batches = inBatches(file, catalog)
  file.beginBatch()
  const collection = catalog.create(name)
  createIndexes(sql, catalog, collection, id)
  file.commitBatch()
  const copied = new Set<string>()
  const broken: string[] = []
  let gaps = 0
  for (const { key, doc } of readableRows(sql, `c${id}`, () => gaps++)) {
    batches.begin()
    try {
      store(file, collection, key as Uint8Array, doc as Uint8Array)
      copied.add(shown(key as Uint8Array))
    } catch (error) {
      broken.push(`${shown(key as Uint8Array)} (${(error as Error).message})`)
    }
  }
  batches.end()
  const { keys, whole } = missed(sql, id, copied)
  const lost = [...keys, ...broken]
  const where = `${database}.${name}`
  return [
    `${where}: ${copied.size} documents copied`,
    ...(lost.length > 0 ? [`${where}: ${lost.length} documents lost: ${lost.join(', ')}`] : []),
    ...(gaps > 0 && !whole ? [`${where}: more documents may be lost, whose ids are lost, too`] : []),
  ]
}

/** Copies what can be read into a new store, and says of each collection what became of it. */
export const salvageStore = (sql: DatabaseSync, target: string): string[] => {
  const file = openSqliteFile(target, 32)
  try {
    const collections = sql
      .prepare('select id, database, name from collections order by id')
      .all() as unknown as Named[]
    return collections.flatMap((named) => salvageCollection(sql, file, named))
  } finally {
    file.close()
  }
}
