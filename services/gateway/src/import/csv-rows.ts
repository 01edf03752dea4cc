import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse/sync'
import { type CsvRecord, csvRecords } from './csv-records.ts'
import { type Words, wordsOf } from './words.ts'

/** What is wrong with a line, or with a column of the header. */
export type Fault = { readonly column: string; readonly code: string; readonly words: Words }

const faultOf = (column: string, code: string, params: Readonly<Record<string, string>> = {}): Fault => ({
  column,
  code,
  words: wordsOf(code, params),
})

/** A header by which no row could be read as it is meant, with all that is wrong with it. */
export class BadHeader extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super('the header of a file is wrong')
    this.faults = faults
  }
}

/** A row of a file by the names of its header; `fault` where it is no row: cut off, too long, broken quotes, no text. */
export type Row = {
  /** In the file, the header being line 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly fault?: Fault
}

/**
 * Reads a CSV file row by row. A line that is no row is told and passed over; the next one is read again as it stands. A header
 * that lacks some of the columns, or names one twice, is thrown as `BadHeader`.
 */
export async function* csvRows(file: Readable, columns: readonly string[]): AsyncGenerator<Row> {
  let header: readonly string[] | undefined
  // No column that is read holds several lines: where one seems to, a quote too many has swallowed the rows behind it.
  const fits = (text: string): boolean => {
    const cells = cellsOf(text)
    if (header === undefined) return true
    return (
      cells.length === header.length && !header.some((name, at) => columns.includes(name) && cells[at]?.includes('\n'))
    )
  }
  for await (const record of csvRecords(file, fits)) {
    if (record.text === '') continue
    if (header) yield rowOf(header, record)
    else header = headerOf(record, columns)
  }
  if (!header) headerOf({ line: 1, text: '' }, columns)
}

const headerOf = ({ text, fault }: CsvRecord, columns: readonly string[]): readonly string[] => {
  if (fault) throw new BadHeader([faultOf('', fault)])
  const names = cellsOf(text)
  const missing = columns.filter((column) => !names.includes(column))
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  const faults = [
    ...missing.map((column) => faultOf(column, 'import_column_missing')),
    ...twice.map((column) => faultOf(column, 'import_column_twice')),
  ]
  if (faults.length > 0) throw new BadHeader(faults)
  return names
}

const rowOf = (header: readonly string[], { line, text, fault }: CsvRecord): Row => {
  if (fault) return { line, cells: {}, fault: faultOf('', fault) }
  const values = cellsOf(text)
  if (values.length === 0) return { line, cells: {}, fault: faultOf('', 'import_quote_open') }
  const cells = Object.fromEntries(header.map((name, index) => [name, values[index] ?? '']))
  if (values.length !== header.length) {
    const params = { columns: String(values.length), header: String(header.length) }
    return { line, cells, fault: faultOf(header[values.length] ?? '', 'import_row_cut_off', params) }
  }
  const garbled = values.findIndex(isGarbled)
  if (garbled < 0) return { line, cells }
  return { line, cells, fault: faultOf(header[garbled] ?? '', 'import_text_unreadable') }
}

/** Bytes of another encoding have become replacement characters, which would be kept for good; NUL is no text at all. */
const isGarbled = (value: string): boolean => value.includes('\uFFFD') || value.includes('\0')

/** None where the quotes make no cells of it. */
const cellsOf = (text: string): readonly string[] => {
  try {
    const cells = text.includes('"') ? (parse(text, { relax_quotes: true })[0] ?? []) : text.split(',')
    return cells.map((cell) => cell.trim())
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}
