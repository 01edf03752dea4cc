import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bodyOf, found, httpTo, signIn } from '@saleswright/testing/driver'
import { startKillable } from '../../faults/killable.ts'
import { median, perSecond, quantile, runFor } from '../orders/measure.ts'
import { orderOf } from '../orders/payload.ts'

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
const TICK_MS = 10
const RECOVERY_MS = 30_000

const data = mkdtempSync(join(tmpdir(), 'overload-bench-'))
const platform = await startKillable(data)
const http = httpTo(platform.address)
console.log('Founding a company of 500 products and 50 customers on credit')
const company = await found(http, platform, { skus: 500, stock: 100_000_000, customers: 50, onCredit: 50 })
let hands = await signIn(http)
let orders = 0

type Outcome = { readonly status: number; readonly ms: number; readonly retryAfter: boolean }

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
const place = (): Promise<Outcome> =>
  new Promise((resolve) => {
    const began = performance.now()
    const end = (status: number, retryAfter: boolean) => resolve({ status, ms: performance.now() - began, retryAfter })
    const { key, ...wish } = orderOf(company, orders++)
    const headers = {
      authorization: `Bearer ${hands.seller}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    }
    const sent = request(`${platform.address}/v1/orders`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => end(response.statusCode ?? 0, response.headers['retry-after'] !== undefined))
      response.on('error', () => end(0, false))
    })
    sent.on('error', () => end(0, false))
    sent.end(JSON.stringify(bodyOf({ key, ...wish })))
  })

const residentMib = (): number => {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${platform.pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1_024)
}

const arriving = async (rate: number): Promise<readonly Outcome[]> => {
  const pending: Promise<Outcome>[] = []
  const began = performance.now()
  for (let due = 0; performance.now() - began < seconds * 1_000; ) {
    due = ((performance.now() - began) / 1_000) * rate
    while (pending.length < due) pending.push(place())
    await wait(TICK_MS)
  }
  return Promise.all(pending)
}

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
  `Peak ${peak.toFixed(0)} orders/s at ${BEARABLE_IN_FLIGHT} in flight; alone ${alone.toFixed(1)} ms; ${residentMib()} MiB\n`,
)
console.log(
  '| load | goodput/s | of peak | refused/s | without Retry-After | accepted p99 ms | recovered in ms | MiB |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const times of options.times.split(',').map(Number)) {
  hands = await signIn(http)
  const outcomes = await arriving(peak * times)
  const recovery = await recoveredIn(Math.max(alone, 20))
  const accepted = outcomes.filter(({ status }) => status === 201)
  const refused = outcomes.filter(({ status }) => status !== 201)
  const rude = refused.filter(({ status, retryAfter }) => !retryAfter || ![429, 503].includes(status))
  const cells = [
    `${times} ×`,
    (accepted.length / seconds).toFixed(0),
    `${((accepted.length / seconds / peak) * 100).toFixed(0)} %`,
    (refused.length / seconds).toFixed(0),
    rude.length,
    quantile(
      accepted.map(({ ms }) => ms),
      0.99,
    ).toFixed(0),
    recovery.toFixed(0),
    residentMib(),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
agent.destroy()
http.close()
await platform.stop()
rmSync(data, { recursive: true, force: true })
