import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { found, httpTo, signIn } from '@saleswright/testing/driver'
import { startKillable } from '../../faults/killable.ts'
import { median, perSecond, quantile, runFor } from '../orders/measure.ts'
import { orderOf } from '../orders/payload.ts'
import { arriving, isRude, placing, residentMib } from './open-loop.ts'

/*
 * npm run bench -- overload [--seconds 20] [--times 1,3,10]
 *
 * B17: orders of five lines arrive at multiples of the rate that the platform bears (an open loop: they come whether others were
 * answered or not). Goodput is the rate of 201; the rest must be 503 or 429 with Retry-After. Recovery is the time until an order
 * takes no longer than twice what it took before the load.
 */
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, times: { type: 'string', default: '1,3,10' } },
})
const seconds = Number(options.seconds)
const BEARABLE_IN_FLIGHT = 32
const RECOVERY_MS = 30_000

const data = mkdtempSync(join(tmpdir(), 'overload-bench-'))
const platform = await startKillable(data)
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
const recoveredIn = async (before: number): Promise<number> => {
  const began = performance.now()
  while (performance.now() - began < RECOVERY_MS) {
    const { status, ms } = await place()
    if (status === 201 && ms <= before * 2) break
  }
  return performance.now() - began
}

await runFor(3, BEARABLE_IN_FLIGHT, async () => (await place()).ms)
const peak = perSecond(await runFor(seconds, BEARABLE_IN_FLIGHT, async () => (await place()).ms))
const alone = median((await runFor(3, 1, async () => (await place()).ms)).each)
console.log(
  `Peak ${peak.toFixed(0)} orders/s at ${BEARABLE_IN_FLIGHT} in flight; alone ${alone.toFixed(1)} ms; ${residentMib(platform.pid)} MiB\n`,
)
console.log(
  '| load | goodput/s | of peak | refused/s | without Retry-After | accepted p99 ms | recovered in ms | MiB |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const times of options.times.split(',').map(Number)) {
  hands = await signIn(http)
  const outcomes = await arriving(peak * times, seconds, place)
  const recovery = await recoveredIn(Math.max(alone, 20))
  const accepted = outcomes.filter(({ status }) => status === 201)
  const refused = outcomes.filter(({ status }) => status !== 201)
  const cells = [
    `${times} ×`,
    (accepted.length / seconds).toFixed(0),
    `${((accepted.length / seconds / peak) * 100).toFixed(0)} %`,
    (refused.length / seconds).toFixed(0),
    refused.filter(isRude).length,
    quantile(
      accepted.map(({ ms }) => ms),
      0.99,
    ).toFixed(0),
    recovery.toFixed(0),
    residentMib(platform.pid),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
close()
http.close()
await platform.stop()
rmSync(data, { recursive: true, force: true })
