import { moneyMessage } from '@saleswright/contracts'
import { type BusinessDate, parseBusinessDate, parseMoney } from '@saleswright/kernel'
import type { Row } from '../csv-rows.ts'
import { reject } from '../reject.ts'

export const CURRENCY = 'USD'
/** Nothing that is sold by the files is older: a day before it is a mistyped one, and all would begin there. */
const EARLIEST = '1900-01-01'

export const needed = ({ cells }: Row, column: string): string => {
  const value = cells[column] ?? ''
  return value === '' ? reject(column, value, 'import_cell_empty') : value
}

export const optional = ({ cells }: Row, column: string): string | undefined => cells[column] || undefined

/** A day that has come. */
export const dateIn = (row: Row, column: string, today: BusinessDate): BusinessDate | undefined => {
  const value = optional(row, column)
  if (value === undefined) return undefined
  const date = asDate(value) ?? reject(column, value, 'import_no_date')
  if (date < EARLIEST) return reject(column, value, 'import_date_too_early', { earliest: EARLIEST })
  return date > today ? reject(column, value, 'business_date_in_future', { date, today }) : date
}

const asDate = (value: string): BusinessDate | undefined => {
  try {
    return parseBusinessDate(value)
  } catch {
    return undefined
  }
}

/** An amount of at least zero, as the contracts have it. `scale` multiplies by a power of ten: what is counted in millions. */
export const moneyIn = (row: Row, column: string, scale = 0): ReturnType<typeof moneyMessage> => {
  const value = needed(row, column)
  const amount = /^\d{1,12}(\.\d{1,2})?$/.test(value) ? value : reject(column, value, 'import_no_amount')
  const { currency, minor } = parseMoney(CURRENCY, amount)
  return moneyMessage({ currency, minor: minor * 10n ** BigInt(scale) })
}

export const countIn = (row: Row, column: string): number | undefined => {
  const value = optional(row, column)
  if (value === undefined) return undefined
  return /^\d{1,9}$/.test(value) ? Number(value) : reject(column, value, 'import_no_count')
}
