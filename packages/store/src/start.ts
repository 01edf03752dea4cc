import { setTimeout as wait } from 'node:timers/promises'
import type { mongo } from 'mongoose'
import type { Leases } from './leases.ts'
import { namedOrder, sortBy } from './paging.ts'
import type { Plan } from './plan.ts'
import type { Migration } from './ports.ts'

type IndexKeys = Readonly<Record<string, 1 | -1>>
type Ran = { readonly _id: string; readonly at: Date }

const DAY_SECONDS = 86_400
const MARKS_DAYS = 30

/** What the rows of each reach have in common beside the company. */
const SCOPES: ReadonlyMap<string, IndexKeys> = new Map(
  Object.entries({
    company: {},
    self: { ownerId: 1 },
    team: { unitId: 1 },
    subtree: { orgPath: 1 },
    partner: { partnerId: 1 },
  }),
)

const OWN_INDEXES: Readonly<Record<string, readonly mongo.IndexDescription[]>> = {
  events: [{ key: { aggregateId: 1, version: 1 }, unique: true }],
  command_marks: [{ key: { at: 1 }, expireAfterSeconds: MARKS_DAYS * DAY_SECONDS }],
}
/** Written inside transactions, and without indexes that would make them. */
const OWN_COLLECTIONS = ['outbox', 'event_batches', 'event_positions', 'audit_checkpoints']

/** The rows of each reach in the order in which they are listed. */
const indexesOf = (plan: Plan): readonly mongo.IndexDescription[] => {
  const listed = sortBy(namedOrder(plan))
  return [
    ...['company', ...plan.reaches].map((reach) => ({
      key: { companyId: 1 as const, ...SCOPES.get(reach), ...listed },
    })),
    ...plan.schema
      .indexes()
      .map(([key, { background: _background, ...options }]) => ({ ...options, key }) as mongo.IndexDescription),
  ]
}

/** An index over many rows takes the time that it takes. */
const UNHURRIED = { timeoutMS: 0 } as const

const ensureIndexes = async (db: mongo.Db, plans: Iterable<Plan>): Promise<void> => {
  for (const [name, indexes] of Object.entries(OWN_INDEXES))
    await db.collection(name).createIndexes([...indexes], UNHURRIED)
  for (const plan of plans) await plan.collection.createIndexes([...indexesOf(plan)], UNHURRIED)
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name))
  for (const name of OWN_COLLECTIONS) if (!there.has(name)) await db.createCollection(name)
}

const runMissing = async (ran: mongo.Collection<Ran>, migrations: readonly Migration[]): Promise<void> => {
  for (const { name, run } of migrations) {
    if (await ran.findOne({ _id: name })) continue
    await run()
    await ran.insertOne({ _id: name, at: new Date() })
  }
}

const LEASE = 'start'
const LEASE_MS = 10_000
const POLL_MS = 100

/** Indexes and migrations, by one process at a time; the others wait and find nothing left to do. */
export const startUnderLease = async (
  db: mongo.Db,
  { leases, holder }: { readonly leases: Leases; readonly holder: string },
  plans: Iterable<Plan>,
  migrations: readonly Migration[],
): Promise<void> => {
  while (!(await leases.acquire(LEASE, holder, LEASE_MS))) await wait(POLL_MS)
  const failed: unknown[] = []
  const renewing = setInterval(() => {
    leases.acquire(LEASE, holder, LEASE_MS).then(
      (held) => held || failed.push(new Error('The lease of the start was lost while a migration ran')),
      (error: unknown) => failed.push(error),
    )
  }, LEASE_MS / 4)
  try {
    await ensureIndexes(db, plans)
    await runMissing(db.collection<Ran>('migrations'), migrations)
    if (failed.length > 0) throw failed[0]
  } finally {
    clearInterval(renewing)
    await leases.acquire(LEASE, holder, 0)
  }
}
