import type { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { type CsvRecord, csvRecords } from './csv-records.ts'
import { reject } from './reject.ts'

/** A row of a file by the names of its header; `fault` where it is no row: cut off, too long, broken quotes, no text. */
export type Row = {
  /** In the file, the header being line 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly fault?: { readonly column: string; readonly message: string }
}

/**
 * Reads a CSV file row by row. A line that is no row is told and passed over; the next one is read again as it stands. A header
 * that lacks one of the columns, or names one twice, is thrown as `Rejected`: no row could be read as it is meant.
 */
export async function* csvRows(file: Readable, columns: readonly string[]): AsyncGenerator<Row> {
  let header: readonly string[] | undefined
  const fits = (text: string): boolean => header === undefined || cellsOf(text).length === header.length
  for await (const record of csvRecords(file, fits)) {
    if (record.text === '') continue
    if (header) yield rowOf(header, record)
    else header = headerOf(record, columns)
  }
  if (!header) headerOf({ line: 1, text: '' }, columns)
}

const headerOf = ({ text, fault }: CsvRecord, columns: readonly string[]): readonly string[] => {
  if (fault) reject('', '', `the header ${fault}`)
  const names = cellsOf(text)
  const missing = columns.find((column) => !names.includes(column))
  if (missing !== undefined) reject(missing, '', 'the header has no such column')
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) reject(twice, '', 'the header has this column twice')
  return names
}

const rowOf = (header: readonly string[], { line, text, fault }: CsvRecord): Row => {
  if (fault) return { line, cells: {}, fault: { column: '', message: fault } }
  const values = cellsOf(text)
  const cells = Object.fromEntries(header.map((name, index) => [name, values[index] ?? '']))
  if (values.length !== header.length) {
    const message = `${values.length} columns where the header has ${header.length}`
    return { line, cells, fault: { column: header[values.length] ?? '', message } }
  }
  const garbled = values.findIndex(isGarbled)
  if (garbled < 0) return { line, cells }
  return { line, cells, fault: { column: header[garbled] ?? '', message: 'is no UTF-8 text' } }
}

/** Bytes of another encoding have become replacement characters, which would be kept for good; NUL is no text at all. */
const isGarbled = (value: string): boolean => value.includes('\uFFFD') || value.includes('\0')

const cellsOf = (text: string): readonly string[] => {
  const cells = text.includes('"') ? (parse(text, { relax_quotes: true })[0] ?? []) : text.split(',')
  return cells.map((cell) => cell.trim())
}
