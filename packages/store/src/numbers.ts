import type { BusinessDate } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { isDuplicate, told } from './faults.ts'

type Counter = { readonly _id: string; readonly last: number }
type Block = { next: number; readonly last: number }

const BLOCK = 50
const DIGITS = 6

/** `SO`, 2017-03-01, 123 → `SO-20170301-000123`. */
const numberText = (type: string, date: BusinessDate, counter: number): string =>
  `${type}-${date.replaceAll('-', '')}-${String(counter).padStart(DIGITS, '0')}`

/** Two processes may make the counter at once: whoever was second finds it made. */
const raise = async (counters: mongo.Collection<Counter>, key: string): Promise<Counter | null> => {
  const ask = () =>
    counters.findOneAndUpdate({ _id: key }, { $inc: { last: BLOCK } }, { upsert: true, returnDocument: 'after' })
  try {
    return await ask()
  } catch (error) {
    if (isDuplicate(error)) return await ask()
    throw told(error)
  }
}

/** Numbers by company and type out of blocks that this process leases: nothing is written by every document. */
export const createNumbers = (counters: mongo.Collection<Counter>) => {
  const blocks = new Map<string, Promise<Block>>()

  const lease = async (key: string): Promise<Block> => {
    const counter = await raise(counters, key)
    if (!counter) throw new Error(`The counter ${key} was not made`)
    return { next: counter.last - BLOCK + 1, last: counter.last }
  }

  const open = (key: string): Promise<Block> => {
    const opened = lease(key)
    blocks.set(key, opened)
    opened.catch(() => blocks.delete(key))
    return opened
  }

  return async (companyId: string, type: string, date: BusinessDate): Promise<string> => {
    const key = `${companyId}|${type}`
    for (;;) {
      const opened = blocks.get(key) ?? open(key)
      const block = await opened
      if (block.next <= block.last) return numberText(type, date, block.next++)
      // The first to find it empty opens the next one, for all who wait.
      if (blocks.get(key) === opened) blocks.delete(key)
    }
  }
}
