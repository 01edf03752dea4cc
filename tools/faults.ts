import { parseArgs } from 'node:util'
import { ran } from './ran.ts'

/* npm run faults [-- --kills N --requests N --seed N]: what `npm test` does in a bounded run, at length. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const { kills, requests, seed } = values
console.log(`Killing ${kills} times and asking ${requests} times, seed ${seed}`)
const suites = [
  ['@saleswright/embedded', 'test/history', 'test/disk', 'crash'],
  ['@saleswright/bus', 'test/away'],
  ['@saleswright/testing', 'lying-bus'],
  ['@saleswright/standalone', 'faults'],
  ['@saleswright/gateway', 'test/allowed'],
] as const
const codes: number[] = []
for (const [project, ...filters] of suites) {
  const args = ['run', '--project', project, ...filters]
  const env = { ...process.env, KILLS: kills, REQUESTS: requests, SEED: seed }
  codes.push(await ran('vitest', args, { env, shell: process.platform === 'win32' }))
}
process.exit(codes.every((code) => code === 0) ? 0 : 1)
