import { type Fields, type Mapping, minorOf, moneyIn } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Agreement, Customer } from './customer.ts'

type CustomerDocument = {
  inChannel: boolean
  isStore?: boolean
  agreements?: readonly Agreement[]
  credit?: { from: string; until?: string; currency: string; limit: number }
  seen: number
}

const schema = new Schema({ inChannel: Boolean, isStore: Boolean, agreements: Array, credit: Object, seen: Number })

export const customerMapping: Mapping<Customer, CustomerDocument> = {
  name: 'customer',
  collection: 'customers',
  schema,
  version: 1,
  document: ({ inChannel, isStore, agreements, credit, seen }) => ({
    inChannel,
    isStore,
    agreements,
    seen,
    ...(credit && { credit: { ...credit, currency: credit.limit.currency, limit: minorOf(credit.limit) } }),
  }),
  // A copy that was made before there were agreements has none.
  record: ({ inChannel, isStore = false, agreements = [], credit, seen }): Fields<Customer> => ({
    inChannel,
    isStore,
    agreements,
    seen,
    ...(credit && { credit: creditFrom(credit) }),
  }),
  reaches: [],
}

const creditFrom = ({ from, until, currency, limit }: NonNullable<CustomerDocument['credit']>) => ({
  from,
  limit: moneyIn(currency)(limit),
  ...(until !== undefined && { until }),
})
