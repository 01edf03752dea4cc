import { exact, type Fields, type Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Earnings } from './earnings.ts'

/** The words of an entry are short, for it is written again with every payment of its period. */
type StoredEntry = { readonly d: string; readonly n: string; readonly a: string; readonly b: number }
type EarningsDocument = Omit<Fields<Earnings>, 'entries'> & { readonly entries: readonly StoredEntry[] }

export const earningsMapping: Mapping<Earnings, EarningsDocument> = {
  name: 'earnings',
  collection: 'earnings',
  schema: new Schema({ period: String, currency: String, entries: Array }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ period, currency, entries }) => ({
    period,
    currency,
    entries: entries.map(({ on, paymentNo, allocationId, basis }) => ({
      d: on,
      n: paymentNo,
      a: allocationId,
      b: exact(basis),
    })),
  }),
  record: ({ period, currency, entries }) => ({
    period,
    currency,
    entries: entries.map(({ d, n, a, b }) => ({ on: d, paymentNo: n, allocationId: a, basis: BigInt(b) })),
  }),
  reaches: [],
}
