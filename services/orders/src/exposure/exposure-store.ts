import { derivedId } from '@saleswright/kernel'
import { type Mapping, minorOf, moneyIn } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Exposure } from './exposure.ts'

type ExposureDocument = { customerId: string; currency: string; amount: number }

const schema = new Schema({ customerId: String, currency: String, amount: Number })

export const exposureMapping: Mapping<Exposure, ExposureDocument> = {
  name: 'exposure',
  collection: 'exposures',
  schema,
  version: 1,
  document: ({ customerId, amount }) => ({ customerId, currency: amount.currency, amount: minorOf(amount) }),
  record: ({ customerId, currency, amount }) => ({ customerId, amount: moneyIn(currency)(amount) }),
  reaches: [],
}

/** One for each customer and currency, found without a search. */
export const exposureId = (companyId: string, customerId: string, currency: string): string =>
  derivedId('exposure', companyId, customerId, currency)
