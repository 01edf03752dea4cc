import { type Fields, type Mapping, minorOf, moneyIn } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Customer } from './customer.ts'

type CustomerDocument = {
  inChannel: boolean
  credit?: { from: string; until?: string; currency: string; limit: number }
  seen: number
}

const schema = new Schema({ inChannel: Boolean, credit: Object, seen: Number })

export const customerMapping: Mapping<Customer, CustomerDocument> = {
  name: 'customer',
  collection: 'customers',
  schema,
  version: 1,
  document: ({ inChannel, credit, seen }) => ({
    inChannel,
    seen,
    ...(credit && { credit: { ...credit, currency: credit.limit.currency, limit: minorOf(credit.limit) } }),
  }),
  record: ({ inChannel, credit, seen }): Fields<Customer> => ({
    inChannel,
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
