import { crc32 } from 'node:zlib'
import { offsetOf } from '../kafka/log/batch-id.ts'
import { isWholeBatch } from '../kafka/log/record-batch.ts'
import { openSqliteFile as openLog } from '../kafka/log/sqlite-file.ts'
import { decode } from '../mongo/bson/document.ts'
import { type Collection, openCatalog } from '../mongo/storage/catalog.ts'
import { indexKeys } from '../mongo/storage/index-keys.ts'
import { openSqliteFile as openStore, type SqliteFile as StoreFile } from '../mongo/storage/sqlite-file.ts'

type Fault = string

/** A sum over entries that their order does not matter for. */
const createTally = () => {
  let [count, sum] = [0, 0]
  return {
    add(...parts: readonly Uint8Array[]) {
      count++
      sum = (sum + parts.reduce((value, part) => crc32(part, value), 0)) % Number.MAX_SAFE_INTEGER
    },
    equals: (other: { count: () => number; sum: () => number }) => other.count() === count && other.sum() === sum,
    count: () => count,
    sum: () => sum,
  }
}

const checkCollection = (file: StoreFile, name: string, collection: Collection): Fault[] => {
  const faults: Fault[] = []
  const expected = new Map(collection.indexes.map(({ id }) => [id, createTally()]))
  const rows = file.statement(`select key, doc from c${collection.id}`).iterate() as unknown as Iterable<
    [Uint8Array, Uint8Array]
  >
  for (const [key, bytes] of rows) {
    try {
      const doc = decode(bytes)
      for (const index of collection.indexes)
        for (const entry of indexKeys(index, doc)) expected.get(index.id)?.add(entry, key)
    } catch (error) {
      faults.push(`${name}: a document cannot be read (${(error as Error).message})`)
    }
  }
  for (const { id, name: index } of collection.indexes) {
    const found = createTally()
    const entries = file.statement(`select key, id from i${id}`).iterate() as unknown as Iterable<
      [Uint8Array, Uint8Array]
    >
    for (const [entry, key] of entries) found.add(entry, key)
    if (!expected.get(id)?.equals(found)) faults.push(`${name}: the index ${index} does not list what is stored`)
  }
  return faults
}

const integrity = (rows: Iterable<readonly unknown[]>): Fault[] =>
  [...rows].map(([found]) => String(found)).filter((found) => found !== 'ok')

/** Opening holds every page to its checksum; then the structure, each document, and each index are gone through. */
export const checkStore = (path: string): Fault[] => {
  const file = openStore(path, 32)
  try {
    const found = integrity(file.statement('pragma integrity_check').all() as unknown as unknown[][])
    const names = file.statement('select distinct database from collections').all() as unknown as [string][]
    const documents = names.flatMap(([database]) =>
      openCatalog(file, database)
        .all()
        .flatMap((collection) => checkCollection(file, `${database}.${collection.name}`, collection)),
    )
    return [...found, ...documents]
  } finally {
    file.close()
  }
}

/** The same of a log, whose batches carry a checksum of their producer. */
export const checkLog = (path: string): Fault[] => {
  const file = openLog(path, 8)
  try {
    const found = integrity(file.all('pragma integrity_check'))
    const batches: Fault[] = []
    for (const [id, bytes] of file.each('select id, bytes from batches'))
      if (!isWholeBatch(bytes as Uint8Array)) batches.push(`the batch at offset ${offsetOf(Number(id))} is damaged`)
    return [...found, ...batches]
  } finally {
    file.close()
  }
}
