import { readSum } from '@saleswright/contracts'
import { exact } from '@saleswright/store'

type MoneyMessage = Parameters<typeof readSum>[0]

/** An amount as rows have it: the smallest unit, as a whole number. */
export type Amount = { readonly currency: string; readonly minor: number }

export const amountOf = (message: MoneyMessage | undefined): Amount => {
  if (!message) throw new Error('The event has no amount')
  const { currency, minor } = readSum(message)
  return { currency, minor: exact(minor) }
}

/** An amount that may be missing, as the fields of a row. */
export const valueIn = (message: MoneyMessage | undefined): { readonly currency?: string; readonly value?: number } => {
  if (!message) return {}
  const { currency, minor } = amountOf(message)
  return { currency, value: minor }
}
