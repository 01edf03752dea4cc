import { createHash } from 'node:crypto'
import type { Store } from '@saleswright/store'
import { MODELS } from '../models/all.ts'
import { collectionOf } from '../reading/rows.ts'
import { contentOf, type Document } from '../rows/content.ts'
import type { Model } from '../rows/model.ts'

type Found = { readonly model: Model; readonly document: Document; readonly content: string }

/** Every row of every read model, by collection and by rising id, in a stream. */
export async function* everyRow(store: Pick<Store, 'connection'>): AsyncGenerator<Found> {
  for (const model of MODELS) {
    const options = { sort: { _id: 1 as const }, batchSize: 1_000, readConcern: 'majority' as const }
    for await (const document of collectionOf(store, model.mapping).find({}, options)) {
      yield { model, document: document as Document, content: contentOf(document as Document) }
    }
  }
}

/** SHA-256 over rows as they come, in hex. */
export const digesting = () => {
  const hash = createHash('sha256')
  return {
    add: ({ model, content }: Found): void => void hash.update(`${model.mapping.collection} ${content}\n`),
    digest: (): string => hash.digest('hex'),
  }
}

/** Over all read models: equal for equal rows, in whatever order and how often they were written. */
export const digestOf = async (store: Pick<Store, 'connection'>): Promise<string> => {
  const { add, digest } = digesting()
  for await (const found of everyRow(store)) add(found)
  return digest()
}
