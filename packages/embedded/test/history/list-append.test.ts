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
const kindsWithout = async (file: string, ...changes: readonly [from: string, to: string][]): Promise<string[]> => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('MUTATION', JSON.stringify({ file, changes }))
  vi.stubEnv('NODE_OPTIONS', `--import ${PROGRAM}`)
  const { runs, final } = await historyWith(7, 2)
  return [...new Set(anomaliesIn(runs, final).map(({ kind }) => kind))]
}

test('goes red without the first writer’s right: appends are overwritten', async () => {
  const guard = 'if (transaction && isOvertaken(transaction, collection.id, name)) throw writeConflict()'
  expect(await kindsWithout('/mongo/storage/write.ts', [guard, ''])).toContain('lost append')
})

test('goes red without the snapshot: half of what another wrote is read', async () => {
  const snapshot = 'return change ? { found: true, bytes: change.before } : { found: false }'
  const found = await kindsWithout('/mongo/transactions/transaction.ts', [snapshot, 'return { found: false }'])
  expect(found).toContain('G-single')
})

test('goes red when commits are answered before they are on the disk: a kill loses them', async () => {
  const found = await kindsWithout(
    '/mongo/server/turn.ts',
    ['if (batch.isEmpty()) answer.send()', 'if (true) answer.send()'],
    ['setImmediate(flush)', 'setTimeout(flush, 200)'],
  )
  expect(found).toContain('lost append')
})
