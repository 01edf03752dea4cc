import type { Message } from '@bufbuild/protobuf'
import { type Aggregate, companyScope } from '@saleswright/kernel'
import type { Built, Context, Platform, ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository } from '@saleswright/store'
import { Schema } from 'mongoose'

/** An event, and the record that it is told of. */
export type Telling = { readonly aggregateId: string; readonly event: Message }

export type Peer = {
  readonly definition: ServiceDefinition
  /** Tells all of it in one transaction, as one command would; a record that nobody told of before is new. */
  readonly tell: (companyId: string, ...tellings: readonly Telling[]) => Promise<void>
  /** What the service was given when it was put together; throws before that. */
  readonly platform: () => Platform
}

/** Nothing is known of a subject but how often it was told of. */
const subjects: Mapping<Aggregate> = {
  name: 'subject',
  collection: 'subjects',
  schema: new Schema({}, { strict: 'throw', versionKey: false }),
  version: 1,
  document: () => ({}),
  record: () => ({}),
  reaches: [],
}

/**
 * A service in the place of a real one: it tells events of its topic about records of its own, through a store and a relay like any
 * other, and answers what it is given to answer.
 */
export const peer = (name: Context, answers: Omit<Built, 'mappings'> = { bounds: [] }): Peer => {
  let books: { readonly platform: Platform; readonly repository: Repository<Aggregate> } | undefined
  const opened = () => {
    if (!books) throw new Error(`${name} does not run`)
    return books
  }
  return {
    definition: {
      name,
      build: (platform) => {
        books = { platform, repository: platform.store.repository(subjects) }
        return { ...answers, mappings: [subjects] }
      },
    },
    platform: () => opened().platform,
    tell: (companyId, ...tellings) => {
      const { platform, repository } = opened()
      return platform.store.transact(platform.cause(), async (tx) => {
        for (const { aggregateId: id, event } of tellings) {
          const next = (await tx.find(repository, companyScope(companyId), id)) ?? { id, version: 0, companyId }
          tx.save(repository, { next, events: [event] })
        }
      })
    },
  }
}
