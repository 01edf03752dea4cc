import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { aFolder } from '@saleswright/testing'
import {
  type Company,
  found,
  type Hands,
  type Http,
  httpTo,
  type Journal,
  type OrderDriver,
  openJournal,
  orderDriver,
  type Size,
  signIn,
  type Wish,
} from '@saleswright/testing/driver'
import type { LyingBus, Trap } from '@saleswright/testing/faults'
import { type Finding, ledgerReport } from '@saleswright/testing/ledger'
import { afterAll } from 'vitest'
import { host, type Platform } from './hosting.ts'
import { type Killable, startKillable } from './killable.ts'
import { ledgerOf } from './ledger.ts'

const SMALL: Size = { skus: 20, stock: 1_000_000, customers: 4, onCredit: 1 }

let wishes = 0

/** Two lines of a product that comes up again soon, so that orders meet; every other one has a number of the partner's own. */
export const aWish = ({ skus, customerIds }: Company, changes: Partial<Wish> = {}): Wish => {
  wishes++
  const sku = (offset: number): string => skus[(wishes * 3 + offset) % skus.length] ?? ''
  return {
    key: crypto.randomUUID(),
    customerId: customerIds[wishes % customerIds.length] ?? '',
    lines: [
      { sku: sku(0), quantity: 2 },
      { sku: sku(1), quantity: 3 },
    ],
    ...(wishes % 2 === 0 && { externalOrderNo: `PO-${wishes}` }),
    ...changes,
  }
}

/** Somebody who drives a platform, and keeps a journal that outlives it. */
export type Stage<P extends Platform> = {
  readonly platform: () => P
  readonly http: () => Http
  readonly hands: () => Hands
  readonly journal: Journal
  readonly driver: OrderDriver
  readonly ledger: () => Promise<readonly Finding[]>
  /** Follows the platform to where it was started again. */
  readonly follow: (platform: P) => Promise<void>
}

const stageOn = async <P extends Platform>(first: P, journalFile: string): Promise<Stage<P>> => {
  let platform = first
  let http = httpTo(first.address)
  let hands: Hands = { seller: '', cashier: '' }
  const journal = await openJournal(journalFile)
  const driver = orderDriver(
    () => http,
    () => hands.seller,
    journal,
  )
  const follow = async (next: P): Promise<void> => {
    http.close()
    platform = next
    http = httpTo(next.address)
    hands = await signIn(http)
  }
  const ledger = () => ledgerOf({ platform, http, token: hands.seller, intents: journal.intents() })
  return { platform: () => platform, http: () => http, hands: () => hands, journal, driver, ledger, follow }
}

export type Killing = Stage<Killable> & {
  readonly company: Company
  readonly data: string
  /** Lays a trap, works until the platform has died in it, and starts it again on the same folder. */
  readonly dieIn: (trap: Trap, work: () => Promise<unknown>) => Promise<{ signal: string | null; at: string }>
}

/** A company that was founded in a process of its own, which may be killed. */
export const aKillableCompany = async (size: Size = SMALL): Promise<Killing> => {
  const data = aFolder()
  const platform = await startKillable(data)
  const http = httpTo(platform.address)
  const company = await found(http, platform, size)
  http.close()
  return withCompany(data, platform, company)
}

const withCompany = async (data: string, platform: Killable, company: Company): Promise<Killing> => {
  const stage = await stageOn(platform, join(data, 'journal'))
  await stage.follow(platform)
  afterAll(() => stage.platform().stop())
  const dieIn: Killing['dieIn'] = async (trap, work) => {
    const dying = stage.platform()
    await dying.lay(trap)
    const [death] = await Promise.all([dying.died, work()])
    await stage.follow(await startKillable(data))
    return death
  }
  return { ...stage, company, data, dieIn }
}

/** A company on a platform in this process; `again` stops it, lets something be done, and starts it on the same folder. */
export const aCompanyHere = async (reached: (point: string) => void, size: Size = SMALL, bus?: LyingBus) => {
  const data = aFolder()
  const failPoint = async (context: string, point: string): Promise<void> => reached(`${context} ${point}`)
  const platform = await host(data, { failPoint, bus })
  const http = httpTo(platform.address)
  const company = await found(http, platform, size)
  http.close()
  const stage = await stageOn(platform, join(data, 'journal'))
  await stage.follow(platform)
  afterAll(() => stage.platform().stop())
  const again = async (meanwhile: (data: string) => Promise<unknown>): Promise<void> => {
    await stage.platform().drained()
    await stage.platform().stop()
    await meanwhile(data)
    await stage.follow(await host(data, { failPoint, bus }))
  }
  return { ...stage, company, again }
}

/** The same company on a copy of its folder, for what must not be mended any more. */
export const copyOf = async ({ data, company, platform }: Killing): Promise<Killing> => {
  await platform().drained()
  await platform().stop()
  const copy = aFolder()
  cpSync(data, copy, { recursive: true })
  return withCompany(copy, await startKillable(copy), company)
}

/** What the ledger check says, for the message of an expectation. */
export const said = (findings: readonly Finding[]): string => `\n${ledgerReport(findings)}`
