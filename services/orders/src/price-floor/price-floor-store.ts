import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  minorOf,
  moneyIn,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { PriceFloor } from './price-floor.ts'

type PriceFloorDocument = Omit<Fields<PriceFloor>, 'repFloor' | 'managerFloor'> & {
  currency: string
  repFloor: number
  managerFloor: number
}

const schema = new Schema({
  sku: { type: String, required: true },
  currency: String,
  repFloor: Number,
  managerFloor: Number,
  validFrom: { type: String, required: true },
  externalRef: EXTERNAL_REF_FIELD,
})
schema.index({ companyId: 1, sku: 1, currency: 1, validFrom: 1 }, { name: 'sku_and_day', unique: true })
indexExternalRef(schema)

export const priceFloorMapping: Mapping<PriceFloor, PriceFloorDocument> = {
  name: 'price_floor',
  collection: 'priceFloors',
  schema,
  version: 1,
  document: ({ sku, repFloor, managerFloor, validFrom, externalRef }) => ({
    sku,
    currency: repFloor.currency,
    repFloor: minorOf(repFloor),
    managerFloor: minorOf(managerFloor),
    validFrom,
    ...(externalRef && { externalRef }),
  }),
  record: ({ sku, currency, repFloor, managerFloor, validFrom, externalRef }) => ({
    sku,
    repFloor: moneyIn(currency)(repFloor),
    managerFloor: moneyIn(currency)(managerFloor),
    validFrom,
    ...(externalRef && { externalRef }),
  }),
  orders: { sku: ['sku', 'validFrom'], validFrom: 'validFrom' },
  uniques: { sku_and_day: 'price_floor_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
