import { moneyMessage } from '@saleswright/contracts'
import { parseBusinessDate, parseMoney } from '@saleswright/kernel'
import type { Row } from '../csv-rows.ts'
import { reject } from '../reject.ts'

export const CURRENCY = 'USD'

export const needed = ({ cells }: Row, column: string): string => {
  const value = cells[column] ?? ''
  return value === '' ? reject(column, value, `${column} is empty`) : value
}

export const optional = ({ cells }: Row, column: string): string | undefined => cells[column] || undefined

export const dateIn = (row: Row, column: string): string | undefined => {
  const value = optional(row, column)
  if (value === undefined) return undefined
  try {
    return parseBusinessDate(value)
  } catch {
    return reject(column, value, 'is no date of the form YYYY-MM-DD')
  }
}

/** An amount of at least zero, as the contracts have it. `scale` multiplies by a power of ten: what is counted in millions. */
export const moneyIn = (row: Row, column: string, scale = 0): ReturnType<typeof moneyMessage> => {
  const value = needed(row, column)
  const amount = /^\d{1,12}(\.\d{1,2})?$/.test(value) ? value : reject(column, value, 'is no amount of at least zero')
  const { currency, minor } = parseMoney(CURRENCY, amount)
  return moneyMessage({ currency, minor: minor * 10n ** BigInt(scale) })
}

export const countIn = (row: Row, column: string): number | undefined => {
  const value = optional(row, column)
  if (value === undefined) return undefined
  return /^\d{1,9}$/.test(value) ? Number(value) : reject(column, value, 'is no whole number')
}
