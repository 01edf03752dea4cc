import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { found, httpTo, signIn } from '@saleswright/testing/driver'
import { startKillable } from '../../faults/killable.ts'
import { perSecond, quantile, runFor } from '../orders/measure.ts'
import { orderOf } from '../orders/payload.ts'
import { arriving, isRude, placing, residentMib } from '../overload/open-loop.ts'

/*
 * npm run bench -- soak [--minutes 5] [--share 0.5]
 *
 * B21: orders of five lines arrive at a share of the rate that the platform bears, for half an hour (--minutes 30). Throughput must
 * stay, and resident memory must stop growing, at most 600 MiB. The platform runs with the memory that `npm start` gives it.
 */
const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, share: { type: 'string', default: '0.5' } },
})
const minutes = Number(options.minutes)
const BEARABLE_IN_FLIGHT = 32
const PEAK_SECONDS = 10
const AS_STARTED = ['--max-semi-space-size=16', '--max-old-space-size=768']

const data = mkdtempSync(join(tmpdir(), 'soak-bench-'))
const platform = await startKillable(data, AS_STARTED)
const http = httpTo(platform.address)
console.log('Founding a company of 500 products and 50 customers on credit')
const company = await found(http, platform, { skus: 500, stock: 100_000_000, customers: 50, onCredit: 50 })
let hands = await signIn(http)
let orders = 0
const { place, close } = placing(
  platform.address,
  () => orderOf(company, orders++),
  () => hands.seller,
)

const peak = perSecond(await runFor(PEAK_SECONDS, BEARABLE_IN_FLIGHT, async () => (await place()).ms))
const rate = peak * Number(options.share)
console.log(
  `Peak ${peak.toFixed(0)} orders/s; ${rate.toFixed(0)} arrive each second; ${residentMib(platform.pid)} MiB\n`,
)
console.log('| minute | orders/s | refused | without Retry-After | p99 ms | MiB |')
console.log('|---|---|---|---|---|---|')
for (let minute = 1; minute <= minutes; minute++) {
  // A token lives for less than the whole run.
  hands = await signIn(http)
  const outcomes = await arriving(rate, 60, place)
  const accepted = outcomes.filter(({ status }) => status === 201)
  const times = accepted.map(({ ms }) => ms)
  const cells = [
    minute,
    (accepted.length / 60).toFixed(0),
    outcomes.length - accepted.length,
    outcomes.filter(isRude).length,
    quantile(times, 0.99).toFixed(0),
    residentMib(platform.pid),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
close()
http.close()
await platform.stop()
rmSync(data, { recursive: true, force: true })
