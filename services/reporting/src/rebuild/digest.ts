import { createHash } from 'node:crypto'
import type { Store } from '@saleswright/store'
import { MODELS } from '../models/all.ts'
import { collectionOf } from '../reading/rows.ts'
import { contentOf, type Document } from '../rows/content.ts'
import type { Model } from '../rows/model.ts'

/** The documents of a collection by rising id, in a stream. */
export const sortedDocuments = (
  store: Pick<Store, 'connection'>,
  mapping: Model['mapping'],
): AsyncIterator<Document> & { close: () => Promise<void> } => {
  const cursor = collectionOf(store, mapping)
    .find({}, { sort: { _id: 1 }, batchSize: 1_000, readConcern: 'majority' })
    .map((document) => document as Document)
  return {
    async next() {
      const value = await cursor.next()
      return value ? { done: false, value } : { done: true, value: undefined }
    },
    close: () => cursor.close(),
  }
}

/** SHA-256 over every row of every read model, in hex: equal for equal rows, in whatever order and how often they were written. */
export const digestOf = async (store: Pick<Store, 'connection'>): Promise<string> => {
  const hash = createHash('sha256')
  for (const { mapping } of MODELS) {
    hash.update(`${mapping.collection}\n`)
    const documents = sortedDocuments(store, mapping)
    for (let next = await documents.next(); !next.done; next = await documents.next()) {
      hash.update(`${contentOf(next.value)}\n`)
    }
  }
  return hash.digest('hex')
}
