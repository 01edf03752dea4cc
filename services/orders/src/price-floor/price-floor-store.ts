import { parseUnitPrice } from '@saleswright/kernel'
import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import { storedUnitPrice } from '../pricing/stored-unit-price.ts'
import type { PriceFloor } from './price-floor.ts'

type PriceFloorDocument = Omit<Fields<PriceFloor>, 'repFloor' | 'managerFloor'> & {
  currency: string
  repFloor: string
  managerFloor: string
}

const schema = new Schema({
  sku: { type: String, required: true },
  kind: String,
  currency: String,
  repFloor: String,
  managerFloor: String,
  validFrom: { type: String, required: true },
  reasonCode: String,
  reason: String,
  changedAt: Date,
  externalRef: EXTERNAL_REF_FIELD,
})
schema.index({ companyId: 1, sku: 1, kind: 1, currency: 1, validFrom: 1 }, { name: 'sku_kind_and_day', unique: true })
schema.index({ companyId: 1, changedAt: 1 })
indexExternalRef(schema)

export const priceFloorMapping: Mapping<PriceFloor, PriceFloorDocument> = {
  name: 'price_floor',
  collection: 'priceFloors',
  schema,
  version: 2,
  document: (floor) => ({
    ...ownFields(floor),
    currency: floor.repFloor.currency,
    repFloor: storedUnitPrice(floor.repFloor),
    managerFloor: storedUnitPrice(floor.managerFloor),
  }),
  record: ({ currency, ...document }) => ({
    ...ownFields(document),
    repFloor: parseUnitPrice(currency, document.repFloor),
    managerFloor: parseUnitPrice(currency, document.managerFloor),
  }),
  orders: { sku: ['sku', 'validFrom'], validFrom: 'validFrom' },
  uniques: { sku_kind_and_day: 'price_floor_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
