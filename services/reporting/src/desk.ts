import { EventLogService } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import type { Clock } from '@saleswright/kernel'
import type { Client } from '@saleswright/rpc'
import type { Platform } from '@saleswright/service'
import type { Repository, Store } from '@saleswright/store'
import { MODELS, SOURCES, type Source } from './models/all.ts'
import { type LogPlace, logPlaceMapping } from './progress/log-place-store.ts'
import { type Rebuilt, rebuiltMapping } from './rebuild/rebuilt-store.ts'
import type { Model } from './rows/model.ts'
import type { Row } from './rows/row.ts'

/** The rows of one model in the store. */
export type Table = { readonly model: Model; readonly rows: Repository<Row> }

/** What the use cases of this service work with. */
export type Desk = Pick<Platform, 'log' | 'cause' | 'alone'> & {
  readonly store: Store
  readonly clock: Clock
  readonly tables: readonly Table[]
  readonly tableOf: (model: Model) => Table
  /** The facts of each service, behind a position. */
  readonly logs: ReadonlyMap<Source, Client<typeof EventLogService>>
  readonly places: Repository<LogPlace>
  readonly rebuilds: Repository<Rebuilt>
}

export const MAPPINGS = [...MODELS.map(({ mapping }) => mapping), logPlaceMapping, rebuiltMapping]

export const deskOf = ({ store, client, clock, log, cause, alone }: Platform): Desk => {
  const tables = MODELS.map((model) => ({ model, rows: store.repository(model.mapping) }))
  const byModel = new Map(tables.map((table) => [table.model, table]))
  return {
    store,
    clock,
    log,
    cause,
    alone,
    tables,
    tableOf: (model) => {
      const table = byModel.get(model)
      if (!table) throw new Error(`${model.mapping.collection} is no read model`)
      return table
    },
    logs: new Map(SOURCES.map((source) => [source, client(EventLogService, source)])),
    places: store.repository(logPlaceMapping),
    rebuilds: store.repository(rebuiltMapping),
  }
}
