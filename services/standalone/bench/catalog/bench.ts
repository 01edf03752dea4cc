import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { found, type Http, httpTo, signInAs } from '@saleswright/testing/driver'
import { startKillable } from '../../faults/killable.ts'
import { median, quantile, timed } from '../orders/measure.ts'

/*
 * npm run bench -- catalog [--floors 1894]
 *
 * Floors set one by one, each for a product of its own, and beside each of them a change of stock, which touches no catalog. What
 * counts are ratios: of the two, and of the last fifth to the first. Both near 1 say that a change of the catalog costs what any
 * command does, however large the catalog is.
 */
const { values: options } = parseArgs({ options: { floors: { type: 'string', default: '1894' } } })
const floors = Number(options.floors)
const SIGN_IN_EVERY = 500

const data = mkdtempSync(join(tmpdir(), 'catalog-bench-'))
const platform = await startKillable(data)
const http = httpTo(platform.address)
console.log(`Founding a company of ${floors} products`)
const { skus } = await found(http, platform, { skus: floors, stock: 1, customers: 0, onCredit: 0 })

const FLOOR = {
  kind: 'EX_FACTORY',
  repFloor: { currencyCode: 'CNY', amount: '1000.00' },
  managerFloor: { currencyCode: 'CNY', amount: '900.00' },
  validFrom: '2027-01-01',
  reasonCode: 'INTRODUCTION',
}
const setFloor = (to: Http, token: string, sku: string) => to.post('/v1/price-floors', token, { ...FLOOR, sku })
const adjust = (to: Http, token: string, sku: string) =>
  to.post(`/v1/stock-items/${sku}/adjust`, token, { change: '1', reason: '盘点' })

const each: { readonly floor: number; readonly beside: number }[] = []
let token = ''
for (const [index, sku] of skus.entries()) {
  if (index % SIGN_IN_EVERY === 0) token = await signInAs(http, 'root')
  each.push({
    floor: await timed(() => setFloor(http, token, sku)),
    beside: await timed(() => adjust(http, token, sku)),
  })
}

const fifth = Math.floor(each.length / 5)
const floorMs = each.map(({ floor }) => floor)
const besideMs = each.map(({ beside }) => beside)
const seconds = floorMs.reduce((sum, ms) => sum + ms, 0) / 1_000
const ratio = (left: number, right: number) => (left / right).toFixed(2)
console.log(
  `\n${floors} floors in ${seconds.toFixed(1)} s, p50 ${median(floorMs).toFixed(1)} ms, p99 ${quantile(floorMs, 0.99).toFixed(1)} ms\n` +
    `floor ÷ change of stock: ${ratio(median(floorMs), median(besideMs))}\n` +
    `last fifth ÷ first fifth: ${ratio(median(floorMs.slice(-fifth)), median(floorMs.slice(0, fifth)))}`,
)
http.close()
await platform.stop()
rmSync(data, { recursive: true, force: true })
