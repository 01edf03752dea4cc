import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { create } from '@bufbuild/protobuf'
import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { startInWorker } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { connectStore, openStore } from '../../src/store.ts'
import { command, DOCUMENTS, type Document, EVENTS, LINES, newDocument, rawCommand } from './workload.ts'

/*
 * What the store costs on top of the driver: a command loads a document of five lines, changes it, tells two events and leaves a
 * mark. The raw arm makes the same commands of MongoDB with documents of the same size, and nothing else. Quote the ratio.
 */
const ROUNDS = Number(process.argv[2] ?? 8)
const ROUND = 500
const PARALLEL = [1, 8, 32]

const folder = mkdtempSync(join(tmpdir(), 'store-bench-'))
const engine = await startInWorker({ mongo: { folder, listen: join(folder, 'mongo.sock') } })
const connection = await connectStore(engine.mongo)
const client: mongo.MongoClient = connection.getClient()

const store = openStore({ connection, name: 'bench', describe: () => StringValueSchema })
const documents = store.repository(DOCUMENTS)
await store.start()

/** One document for each that works at the same time, so that none waits for another. */
const makeDocuments = async (count: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, () =>
      store.transact(command(newId()), async (tx) =>
        tx.save(documents, { next: newDocument(), events: [create(StringValueSchema, { value: 'made' })] }),
      ),
    ),
  ).then((made) => made.map(({ id }: Document) => id))

type Times = { readonly each: number[]; total: number }

/** One round of an arm: every worker goes on with its own document until the time is up. */
const round = async (ids: readonly string[], work: (id: string) => Promise<unknown>, times: Times) => {
  const started = performance.now()
  await Promise.all(
    ids.map(async (id) => {
      while (performance.now() < started + ROUND) {
        const began = performance.now()
        await work(id)
        times.each.push(performance.now() - began)
      }
    }),
  )
  times.total += performance.now() - started
}

const perSecond = ({ each, total }: Times): number => (each.length * 1_000) / total

const shown = (times: Times): string => {
  const sorted = times.each.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  return `${perSecond(times).toFixed(0)}/s (p50 ${at(0.5)} ms, p99 ${at(0.99)} ms)`
}

const arms = {
  raw: (id: string) => rawCommand(client, id),
  store: (id: string) =>
    store.answer(command(newId()), StringValueSchema, async (tx) => {
      const record = await tx.get(documents, LINES.scope, id)
      const next = { ...record, note: newId() }
      tx.save(documents, { next, events: EVENTS.map((value) => create(StringValueSchema, { value })) })
      return { value: id }
    }),
}

console.log('Commands per second, both arms in turns')
for (const parallel of PARALLEL) {
  const ids = await makeDocuments(parallel)
  const raw: Times = { each: [], total: 0 }
  const ours: Times = { each: [], total: 0 }
  await round(ids, arms.raw, { each: [], total: 0 })
  await round(ids, arms.store, { each: [], total: 0 })
  for (let done = 0; done < ROUNDS; done++) {
    await round(ids, arms.raw, raw)
    await round(ids, arms.store, ours)
  }
  const ratio = ((perSecond(ours) / perSecond(raw)) * 100).toFixed(0)
  console.log(`${String(parallel).padStart(3)} at once: raw driver ${shown(raw)}, store ${shown(ours)} = ${ratio} %`)
}

await connection.close()
await engine.stop()
rmSync(folder, { recursive: true, force: true })
