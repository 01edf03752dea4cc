import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'

/** A row of a file by the names of its header; `fault` where it is no row: cut off, too long, broken quotes. */
export type Row = {
  /** In the file, the header being line 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly fault?: { readonly column: string; readonly message: string }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

/** Reads a CSV file row by row. A line that is no row is told and passed over; the next one is read again as it stands. */
export async function* csvRows(file: Readable): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 65_536,
  })
  file.on('error', (error) => parser.destroy(error))
  let header: readonly string[] | undefined
  for await (const { record, info } of file.pipe(parser) as AsyncIterable<Parsed>) {
    if (header) yield rowOf(header, record, info.lines)
    else header = record.map((name) => name.trim())
  }
}

const rowOf = (header: readonly string[], record: readonly string[], line: number): Row => {
  const cells = Object.fromEntries(header.map((name, index) => [name, (record[index] ?? '').trim()]))
  if (record.length === header.length) return { line, cells }
  const message = `${record.length} columns where the header has ${header.length}`
  return { line, cells, fault: { column: header[record.length] ?? '', message } }
}
