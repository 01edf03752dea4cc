import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectStore } from '@saleswright/store'
import { found, httpTo, orderDriver, signIn } from '@saleswright/testing/driver'
import { broken, type Entry, intentsOf, ledgerReport } from '@saleswright/testing/ledger'
import { startKillable } from '../../faults/killable.ts'
import { ledgerOf } from '../../faults/ledger.ts'
import { openFloor, writtenBy } from './floor.ts'
import { median, perSecond, quantile, type Round, runFor, timed } from './measure.ts'
import { orderOf } from './payload.ts'

/*
 * npm run bench -- orders [--rounds 5] [--seconds 10] [--in-flight 1,8,32] [--profile FOLDER]
 *
 * POST /v1/orders with five lines, confirmed, against the standalone platform in a process of its own, with all of its consumers
 * at work; beside it in turns the floor of B1a. Quote the ratio: the figures are this machine's at this hour.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '10' },
    'in-flight': { type: 'string', default: '1,8,32' },
    profile: { type: 'string' },
  },
})
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const widths = options['in-flight'].split(',').map(Number)
const FLOOR_SHARE = 0.3
const WARM_UP_SECONDS = 3

const data = mkdtempSync(join(tmpdir(), 'orders-bench-'))
const profiling = options.profile ? ['--cpu-prof', '--cpu-prof-dir', options.profile] : []
const platform = await startKillable(data, profiling)
const http = httpTo(platform.address)
console.log('Founding a company of 500 products and 50 customers on credit')
const company = await found(http, platform, { skus: 500, stock: 100_000_000, customers: 50, onCredit: 50 })
const connection = await connectStore(platform.mongo)

/** The driver is not killed: its journal may lie in memory, and takes nothing from the disk of the platform. */
const entries: Entry[] = []
const journal = {
  write: async (entry: Entry) => void entries.push(entry),
  intents: () => intentsOf(entries),
  close: async () => {},
}
let hands = await signIn(http)
const driver = orderDriver(
  () => http,
  () => hands.seller,
  journal,
)
let orders = 0
const order = async (): Promise<number> => {
  const wish = orderOf(company, orders++)
  const began = performance.now()
  const { status, text } = await driver.place(wish)
  if (status !== 201) throw new Error(`an order was refused: ${status} ${text}`)
  return performance.now() - began
}

const warmUp = orderOf(company, orders++)
await driver.place(warmUp)
const client = connection.getClient()
const floor = await openFloor(client, await writtenBy(client, warmUp.key))
const writeFloor = () => timed(floor.write)
await runFor(WARM_UP_SECONDS, 8, order)
await runFor(WARM_UP_SECONDS, 8, writeFloor)
await platform.drained()

type Arm = { readonly ours: Round; readonly floor: Round; readonly drainMs: number }
const results = new Map<number, Arm[]>(widths.map((width) => [width, []]))
for (let round = 1; round <= rounds; round++) {
  for (const width of widths) {
    hands = await signIn(http)
    const ours = await runFor(seconds, width, order)
    const drainMs = await timed(platform.drained)
    const beside = await runFor(seconds * FLOOR_SHARE, width, writeFloor)
    results.get(width)?.push({ ours, floor: beside, drainMs })
    console.log(
      `round ${round}, ${width} in flight: ${perSecond(ours).toFixed(0)} orders/s, floor ${perSecond(beside).toFixed(0)}/s, drained in ${drainMs.toFixed(0)} ms`,
    )
  }
}

console.log(
  `\nThe floor writes ${floor.documents} documents in one transaction. Medians of ${rounds} rounds of ${seconds} s.\n`,
)
console.log(
  '| in flight | orders/s | p50 ms | p99 ms | floor/s | floor p50 ms | ours ÷ floor | p50 × floor | drained after ms |',
)
console.log('|---|---|---|---|---|---|---|---|---|')
for (const [width, arms] of results) {
  const ours = arms.flatMap((arm) => arm.ours.each)
  const beside = arms.flatMap((arm) => arm.floor.each)
  const rates = arms.map((arm) => perSecond(arm.ours))
  const cells = [
    width,
    `${median(rates).toFixed(0)} [${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}]`,
    median(ours).toFixed(1),
    quantile(ours, 0.99).toFixed(1),
    median(arms.map((arm) => perSecond(arm.floor))).toFixed(0),
    median(beside).toFixed(1),
    `${(median(arms.map((arm) => perSecond(arm.ours) / perSecond(arm.floor))) * 100).toFixed(0)} %`,
    (median(ours) / median(beside)).toFixed(1),
    median(arms.map(({ drainMs }) => drainMs)).toFixed(0),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

hands = await signIn(http)
await client.db('floor').dropDatabase()
const findings = await ledgerOf({ platform, http, token: hands.seller, intents: journal.intents() })
console.log(`\n${ledgerReport(findings)}`)
await connection.close()
http.close()
await platform.stop()
rmSync(data, { recursive: true, force: true })
process.exit(broken(findings).length > 0 ? 1 : 0)
