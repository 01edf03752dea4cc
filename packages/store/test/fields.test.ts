import { type Aggregate, type ExternalRef, newId } from '@saleswright/kernel'
import { Schema } from 'mongoose'
import { describe, expect, test } from 'vitest'
import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  indexExternalRef,
  type PlainMapping,
  plain,
  refuseKnownRef,
} from '../src/index.ts'
import { ALL, COMPANY, cause, refusal, told, withEngine } from './harness.ts'

type Place = Aggregate & { readonly name: string; readonly externalRef?: ExternalRef }

const PLACES: PlainMapping<Place> = {
  ...plain<Place>(),
  name: 'place',
  collection: 'places',
  schema: indexExternalRef(
    new Schema({ name: { type: String, required: true }, externalRef: EXTERNAL_REF_FIELD }, { strict: 'throw' }),
  ),
  version: 1,
  uniques: EXTERNAL_REF_UNIQUE,
  reaches: [],
}

const { open } = withEngine()

const opened = async () => {
  const { store, db } = await open()
  const places = store.repository(PLACES)
  await store.start()
  const add = (more: Partial<Place> = {}) =>
    store.transact(cause(), async (tx) => {
      const next: Place = { id: newId(), version: 0, companyId: COMPANY, name: 'Harbin', ...more }
      return tx.save(places, { next, events: [told('added')] })
    })
  return { store, places, db, add }
}

describe('records that are stored as they are', () => {
  test('come back as they were, place and all', async () => {
    const { places, add } = await opened()
    const whole = { ownerId: 'o', unitId: 'u', orgPath: ['r', 'u'], externalRef: { system: 'crm', id: 'p/1' } }
    const added = await add(whole)
    expect(await places.get(ALL, added.id)).toEqual({ ...added, version: 1 })
  })

  test('are changed beside fields that this code does not know', async () => {
    const { store, places, db, add } = await opened()
    const { id } = await add()
    const documents = db.collection<{ _id: string }>('places')
    await documents.updateOne({ _id: id }, { $set: { fromTomorrow: 7 } })
    await store.transact(cause(), async (tx) => {
      const place = await tx.get(places, ALL, id)
      tx.save(places, { next: { ...place, name: 'Dalian' }, events: [told('renamed')] })
    })
    expect(await documents.findOne({ _id: id })).toMatchObject({ name: 'Dalian', fromTomorrow: 7 })
  })
})

describe('a reference to another system', () => {
  const externalRef = { system: 'crm', id: 'p/1' }

  test('is one of a company, and the record that has it is named', async () => {
    const { store, places, add } = await opened()
    const { id } = await add({ externalRef })
    const refused = store.transact(cause(), (tx) => refuseKnownRef(tx, places, COMPANY, externalRef))
    expect(await refusal(refused)).toMatchObject({
      kind: 'conflict',
      code: 'external_ref_exists',
      params: { system: 'crm', externalId: 'p/1', id },
    })
    await store.transact(cause(), async (tx) => {
      await refuseKnownRef(tx, places, COMPANY, { ...externalRef, system: 'erp' })
      await refuseKnownRef(tx, places, 'another', externalRef)
      await refuseKnownRef(tx, places, COMPANY, undefined)
    })
  })

  test('is refused by the index where two came at the same moment; records without one are many', async () => {
    const { add } = await opened()
    await add()
    await add()
    await add({ externalRef })
    expect(await refusal(add({ externalRef }))).toMatchObject({ kind: 'conflict', code: 'external_ref_exists' })
  })
})
