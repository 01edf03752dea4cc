import type { Message } from '@bufbuild/protobuf'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Aggregate, newId, notFound } from '@saleswright/kernel'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import type { Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'

type Teller = Aggregate & { readonly at: string }

const tellers: Mapping<Teller, { at: string }> = {
  name: 'teller',
  collection: 'tellers',
  schema: new Schema({ at: String }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ at }) => ({ at }),
  record: ({ at }) => ({ at }),
  reaches: [],
}

export type Organization = ReturnType<typeof organizationOf>

/** What the customers service needs of the organisation: where people sit, and the events of its topic. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const seats = new Map<string, readonly string[]>()
  let tell: (event: Message) => Promise<void> = async () => {}
  const definition: ServiceDefinition = {
    name: 'organization',
    build: ({ store, cause }) => {
      const repository = store.repository(tellers)
      tell = (event) =>
        store.transact(cause(), async (tx) => {
          tx.save(repository, { next: { id: newId(), version: 0, companyId, at: 'now' }, events: [event] })
        })
      const directory = bind(DirectoryService, {
        lookUpPerson: async ({ personId }) => {
          const orgPath = seats.get(personId)
          if (!orgPath) throw notFound('person', personId)
          const place = {
            orgUnitId: orgPath.at(-1) ?? '',
            orgPath: [...orgPath],
            positionId: newId(),
            from: '2026-01-01',
          }
          return { personId, displayName: '', places: [place] }
        },
        lookUpUnit: async ({ orgUnitId }) => ({ orgUnitId, path: [orgUnitId] }),
        lookUpCompany: async () => ({ companyId, rootUnitId, currencyCode: 'CNY', timeZone: 'Asia/Shanghai' }),
        listDirectory: async () => ({}),
      })
      return { bounds: [directory], mappings: [tellers] }
    },
  }
  return {
    definition,
    tell: (event: Message) => tell(event),
    /** Puts a person onto a unit, from the first of January 2026 on. */
    seat: (orgPath: readonly string[]): string => {
      const personId = newId()
      seats.set(personId, orgPath)
      return personId
    },
  }
}
