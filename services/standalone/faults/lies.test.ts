import { openLog } from '@saleswright/service'
import { allOf, pay } from '@saleswright/testing/driver'
import { lyingBus } from '@saleswright/testing/faults'
import { broken } from '@saleswright/testing/ledger'
import { expect, test } from 'vitest'
import { aCompanyHere, aWish, said } from './stage.ts'

/* `npm run faults` gives another seed, and more rounds. */
const { SEED = '11', KILLS = '8' } = process.env
const ROUNDS = Math.ceil(Number(KILLS) / 8)
const IN_FLIGHT = 8

const bus = lyingBus({ seed: Number(SEED), log: openLog('lies', 'silent') })
const stage = await aCompanyHere(() => {}, undefined, bus)
const { company, driver } = stage

const ordersToPay = async (): Promise<readonly string[]> => {
  const wishes = Array.from({ length: 24 }, (_, index) =>
    aWish(company, index % 2 ? {} : { customerId: company.customerIds.at(-1) ?? '' }),
  )
  const orders = await allOf(wishes, IN_FLIGHT, driver.place)
  return orders.flatMap(({ json }, index) => (index % 2 ? [] : [String(json.orderId)]))
}

test(`F7, F10, F15: a platform on a bus that lies, seed ${SEED}, has lost and doubled nothing`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    bus.lie()
    do await pay(stage.http(), stage.hands(), await ordersToPay())
    while (!bus.liedEnough())
    bus.repent()
    const findings = await stage.ledger()
    expect(broken(findings), said(findings)).toEqual([])
  }
})
