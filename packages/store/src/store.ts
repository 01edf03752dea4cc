import type { DescMessage } from '@bufbuild/protobuf'
import { eventDesc } from '@saleswright/contracts'
import { type Aggregate, type Clock, newId, systemClock } from '@saleswright/kernel'
import mongoose, { type Connection, type ConnectOptions, type mongo } from 'mongoose'
import { createAnswer } from './answer.ts'
import { createEventLog } from './event-log.ts'
import type { EventLog, Seal } from './event-log-port.ts'
import { createInbox } from './inbox.ts'
import { createLeases, type Leases } from './leases.ts'
import type { Mapping } from './mapping.ts'
import type { Mark } from './marks.ts'
import { type Batch, createNumbered } from './numbered.ts'
import { createNumbers } from './numbers.ts'
import type { OutboxEntry } from './outbox.ts'
import { type Plan, planOf, type Stored } from './plan.ts'
import type { Repository, Store } from './ports.ts'
import type { PositionMark, PublishedMark } from './position-writes.ts'
import { createPositions } from './positions.ts'
import { createQueues } from './queues.ts'
import { createRecent } from './recent.ts'
import { createRepository } from './repository.ts'
import type { Row } from './rows.ts'
import { startUnderLease } from './start.ts'
import { createRun, type FailPoint, type Run } from './transact.ts'
import { createVerify } from './verify.ts'

export type StoreOptions = {
  /** One per process; every service of it has its own database on it. */
  readonly connection: Connection
  /** The context: the name of the database, and the source of its events. */
  readonly name: string
  readonly clock?: Clock
  /** Under which name leases are taken: that of a place, so that whoever starts there again need not wait. Any name when absent. */
  readonly holder?: string
  /** Signs a checkpoint over each batch that the relay takes; without it the chains stand alone. */
  readonly seal?: Seal
  /** The schema of an event by its full name; the contracts know them. */
  readonly describe?: (typeName: string) => DescMessage
  /** Stops a command here, by the choice of a test. */
  readonly failPoint?: FailPoint
}

const NONE: ReadonlySet<string> = new Set()

/** A server that says nothing for so long is gone, though its connection may still look open. */
const SILENCE_MS = 20_000

/** Connects to MongoDB 8, a replica set or one that stands alone as such. */
export const connectStore = (uri: string, options: ConnectOptions = {}): Promise<Connection> =>
  mongoose
    .createConnection(uri, {
      autoCreate: false,
      autoIndex: false,
      maxPoolSize: 64,
      serverSelectionTimeoutMS: 5_000,
      socketTimeoutMS: SILENCE_MS,
      ...options,
    })
    .asPromise()

const createLog = (
  options: StoreOptions,
  client: mongo.MongoClient,
  db: mongo.Db,
  { plans, leases }: { readonly plans: ReadonlyMap<string, Plan>; readonly leases: Leases },
): { readonly eventLog: EventLog; readonly committed: () => void } => {
  const { name: source, seal } = options
  const events = db.collection<Row>('events')
  const batches = db.collection<Batch>('event_batches')
  const sealing = seal ? { seal } : {}
  const numbered = createNumbered({ events, batches, source })
  const positions = createPositions({
    client,
    events,
    outbox: db.collection<OutboxEntry>('outbox'),
    batches: batches.namespace,
    marks: db.collection<PositionMark | PublishedMark>('event_positions'),
    seals: db.collection('audit_checkpoints'),
    numbered,
    source,
    ...sealing,
  })
  const listeners = new Set<() => void>()
  const verify = createVerify({
    events,
    plans,
    numbered,
    sealedLog: { checkpoints: positions.checkpoints, last: positions.last },
    ...sealing,
  })
  return {
    eventLog: createEventLog({ events, source, numbered, positions, leases, verify, listeners }),
    committed() {
      for (const listener of listeners) listener()
    },
  }
}

/** The database of one service. Nothing is asked of it before `start`. */
export const openStore = (options: StoreOptions): Store => {
  const { name, clock = systemClock, describe = eventDesc, holder = newId() } = options
  const connection = options.connection.useDb(name, { useCache: true })
  const client: mongo.MongoClient = options.connection.getClient()
  const db = client.db(name, {
    readConcern: new mongoose.mongo.ReadConcern('majority'),
    writeConcern: { w: 'majority' },
  })
  const plans = new Map<string, Plan>()
  const queues = createQueues()
  const leases = createLeases(db.collection('leases'))
  const { eventLog, committed } = createLog(options, client, db, { plans, leases })
  const run: Run = createRun({ client, database: name, describe, queues, recent: createRecent() }, plans, committed)

  const repository = <T extends Aggregate, D extends object>(mapping: Mapping<T, D>): Repository<T> => {
    const { collection } = mapping
    if (plans.has(collection)) throw new Error(`The collection ${collection} has two mappings`)
    const plan = planOf(mapping, db.collection<Stored>(collection))
    plans.set(collection, plan as unknown as Plan)
    return createRepository(plan)
  }
  const transact: Store['transact'] = (cause, work) => run(cause, work)
  return {
    connection,
    eventLog,
    repository,
    transact,
    inbox: createInbox(
      { repository, transact: (cause, work, together = NONE) => run(cause, work, { together }) },
      name,
      clock,
    ),
    answer: createAnswer({
      run,
      marks: db.collection<Mark>('command_marks'),
      plans,
      queues,
      failPoint: options.failPoint,
    }),
    numbers: createNumbers(db.collection('numbers')),
    start: (migrations = []) => startUnderLease(db, { leases, holder }, plans.values(), migrations),
  }
}
