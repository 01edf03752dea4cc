import type { DatabaseSync } from 'node:sqlite'
import { offsetOf } from '../kafka/log/batch-id.ts'
import { isWholeBatch } from '../kafka/log/record-batch.ts'
import { openSqliteFile, type SqliteFile } from '../kafka/log/sqlite-file.ts'
import { fromBothEnds, type Gap, type Row, readableRows } from './readable.ts'

const BATCH = 500
/** Tables with row ids, and those that are their own index. */
const LISTED = ['topics', 'partitions'] as const
const KEYED = {
  settings: 'name',
  groups: 'name',
  producers: 'partition, producer',
  offsets: 'group_name, topic',
} as const

const insert = (file: SqliteFile, table: string, row: Row): void => {
  const columns = Object.keys(row)
  const places = columns.map(() => '?').join(', ')
  file.run(`insert or replace into ${table}(${columns.join(', ')}) values (${places})`, ...Object.values(row))
}

const inTurns = (file: SqliteFile, rows: Iterable<Row>, each: (row: Row) => void): void => {
  let count = 0
  for (const row of rows) {
    if (count++ % BATCH === 0) {
      if (file.inTransaction()) file.commit()
      file.run('begin immediate')
    }
    each(row)
  }
  if (file.inTransaction()) file.commit()
}

const copyKeyed = (sql: DatabaseSync, file: SqliteFile, table: keyof typeof KEYED): string[] => {
  const order = (direction: string): string =>
    KEYED[table]
      .split(', ')
      .map((column) => `${column} ${direction}`)
      .join(', ')
  const { rows, whole } = fromBothEnds(sql, (direction) => `select * from ${table} order by ${order(direction)}`)
  inTurns(file, rows, (row) => insert(file, table, row))
  return whole ? [] : [`${table}: some rows are lost`]
}

const shownGap = ({ after, before }: Gap): string =>
  `offsets ${after === undefined ? 'from the first' : `beyond ${offsetOf(after)}`} ${before === undefined ? 'to the last' : `up to ${offsetOf(before)}`}`

const copyBatches = (sql: DatabaseSync, file: SqliteFile): string[] => {
  const lost: string[] = []
  let copied = 0
  const rows = readableRows(sql, 'batches', (gap) => lost.push(shownGap(gap)))
  inTurns(file, rows, (row) => {
    if (isWholeBatch(row.bytes as Uint8Array)) {
      insert(file, 'batches', row)
      copied++
    } else lost.push(`offset ${offsetOf(Number(row.id))}, whose checksum is wrong`)
  })
  const told = [`the event bus: ${copied} batches copied`]
  return lost.length > 0 ? [...told, `the event bus: lost are ${lost.join('; ')}`] : told
}

/** Copies what can be read into a new log, and says what became of it. Services bring what is lost from their own logs. */
export const salvageLog = (sql: DatabaseSync, target: string): string[] => {
  const file = openSqliteFile(target, 8)
  try {
    const lost = LISTED.flatMap((table) => {
      const gaps: Gap[] = []
      inTurns(
        file,
        readableRows(sql, table, (gap) => gaps.push(gap)),
        (row) => insert(file, table, row),
      )
      return gaps.length > 0 ? [`${table}: some rows are lost`] : []
    })
    const keyed = (Object.keys(KEYED) as (keyof typeof KEYED)[]).flatMap((table) => copyKeyed(sql, file, table))
    return [...copyBatches(sql, file), ...lost, ...keyed]
  } finally {
    file.close()
  }
}
