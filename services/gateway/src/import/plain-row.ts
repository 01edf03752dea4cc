import { readText } from '@saleswright/kernel'
import type { Row } from './csv-rows.ts'
import { Rejected, rejectByRule } from './reject.ts'

/** A row with its cells as the contract reads texts (composed, without what nobody sees): what is looked up is what will be kept. */
export const plainRow = ({ line, cells, fault }: Row, columns: readonly string[]): Row => {
  if (fault) throw new Rejected(fault.column, '', fault.code, fault.words)
  const read = columns.map((column) => {
    const value = cells[column] ?? ''
    const text = readText(value, 'line')
    return [column, 'rule' in text ? rejectByRule(column, value, { ...text, message: text.character }) : text.text]
  })
  return { line, cells: Object.fromEntries(read) }
}
