import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../mongo/harness.ts'
import { anomaliesIn } from './checker.ts'
import { historyOf } from './workload.ts'

/** `npm run faults` sets many more. */
const KILLS = Number(process.env.KILLS ?? 3)
const EACH = 60

const historyWith = (seed: number, kills: number) => historyOf({ folder: temporaryFolder(), seed, kills, each: EACH })

test(`a history over ${KILLS} kills has nothing in it that snapshot isolation does not allow, and nothing lost or stale`, async () => {
  const seed = Number(process.env.SEED ?? 49)
  const { runs, final } = await historyWith(seed, KILLS)
  expect(anomaliesIn(runs, final), `seed ${seed}`).toEqual([])
  // There was something to find: transactions met, and some were cut off.
  expect(runs.filter(({ outcome }) => outcome === 'committed').length).toBeGreaterThanOrEqual(KILLS * EACH)
  expect(runs.filter(({ outcome }) => outcome === 'aborted').length).toBeGreaterThan(KILLS)
})

const PROGRAM = pathToFileURL(fileURLToPath(new URL('./mutation.ts', import.meta.url))).href

/** Runs the workload on an engine in which a guard is taken out. */
const kindsWithout = async (mutation: { file: string; from: string; to: string }): Promise<ReadonlySet<string>> => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('MUTATION', JSON.stringify(mutation))
  vi.stubEnv('NODE_OPTIONS', `--import ${PROGRAM}`)
  const { runs, final } = await historyWith(7, 2)
  return new Set(anomaliesIn(runs, final).map(({ kind }) => kind))
}

test('goes red without the first writer’s right: an update is lost', async () => {
  const file = '/mongo/storage/write.ts'
  const from = 'if (transaction && isOvertaken(transaction, collection.id, name)) throw writeConflict()'
  const found = await kindsWithout({ file, from, to: '' })
  expect([...found]).toEqual(expect.arrayContaining(['G-single']))
})

test('goes red without the snapshot: half of what another wrote is read', async () => {
  const from = 'return change ? { found: true, bytes: change.before } : { found: false }'
  const to = 'return { found: false }'
  expect(await kindsWithout({ file: '/mongo/transactions/transaction.ts', from, to })).toContain('G-single')
})

test('goes red when commits are answered before they are on the disk: a kill loses them', async () => {
  const file = '/mongo/server/turn.ts'
  // The batch goes on for a while, as if the disk were slow; its answers do not wait.
  const from = 'if (batch.isEmpty()) answer.send()'
  const to = 'if (true) answer.send()'
  const slow = { file, from, to }
  const found = await kindsWithout(slow)
  expect([...found]).toEqual(expect.arrayContaining(['lost append']))
})
