import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A small data set of the same form and with the same faults; and rows that cannot be taken. */
export type MadeUp = {
  readonly folder: string
  /** Opportunity ids of the rows that must be rejected. */
  readonly bad: ReadonlySet<string>
}

type Throw = (below: number) => number

const OFFICES = ['North', 'South']
const PRODUCTS: readonly (readonly [string, number])[] = [
  ['GTX Pro', 4821],
  ['GTX Basic', 550],
  ['MG Special', 55],
  ['GTK 500', 26_768],
]
const STAGES = ['Won', 'Won', 'Lost', 'Engaging', 'Prospecting'] as const
/** Shares of the list price around the floors of 90 % and 80 %, exactly on them among others. */
const SHARES = [100, 104, 97, 90, 89, 85, 80, 79, 112]

/** An unknown agent, a negative price, a day that is none, a line cut off, an unknown product. */
const BAD = [
  'BAD00001,Nobody Known,GTX Basic,Account 01,Won,2017-02-01,2017-03-01,500',
  'BAD00002,Agent 01,GTX Basic,Account 01,Won,2017-02-01,2017-03-01,-500',
  'BAD00003,Agent 01,GTX Basic,Account 01,Won,2017-02-01,2017-02-30,500',
  'BAD00004,Agent 01,GTX Basic,Acc',
  'BAD00005,Agent 01,GTX Unheard,Account 01,Won,2017-02-01,2017-03-01,500',
]

/** Mulberry32: the same rows every time. */
const dice = (seed: number): Throw => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const day = (throwing: Throw, from: number, span: number): string =>
  new Date(Date.UTC(2017, 0, from + throwing(span))).toISOString().slice(0, 10)

const oneOf = <T>(list: readonly T[], throwing: Throw): T => list[throwing(list.length)] as T
const named = (word: string, number: number): string => `${word} ${String(number).padStart(2, '0')}`

const AGENTS = Array.from({ length: 12 }, (_, index) => named('Agent', index + 1))
const ACCOUNTS = Array.from({ length: 20 }, (_, index) => named('Account', index + 1))

const teamLine = (agent: string, index: number): string =>
  `${agent},Manager ${(index % 4) + 1},${OFFICES[index % 2] ?? ''}`

/** Each fifth belongs to the one below it: a subsidiary may stand before its parent. */
const accountLine = (account: string, index: number): string => {
  const parent = index % 5 === 0 ? (ACCOUNTS[index + 1] ?? '') : ''
  return `${account},${index % 3 ? 'medical' : 'technolgy'},${1980 + index},${index}.5,${index * 10},Philipines,${parent}`
}

/** The last two agents sell nothing. */
const dealLine = (throwing: Throw, index: number): string => {
  const stage = oneOf(STAGES, throwing)
  const [name, price] = oneOf(PRODUCTS, throwing)
  const closed = stage === 'Won' || stage === 'Lost'
  const share = oneOf(SHARES, throwing)
  const cells = [
    `D${String(index).padStart(6, '0')}`,
    oneOf(AGENTS.slice(0, -2), throwing),
    name === 'GTX Pro' && throwing(2) ? 'GTXPro' : name,
    closed || throwing(3) === 0 ? oneOf(ACCOUNTS, throwing) : '',
    stage,
    stage === 'Prospecting' ? '' : day(throwing, 1, 60),
    closed ? day(throwing, 70, 290) : '',
    stage === 'Won' ? String(Math.round((price * share) / 100)) : closed ? '0' : '',
  ]
  return cells.join(',')
}

/** Writes the four files into a folder, the bad rows in the middle of the good ones. */
export const makeUp = (folder: string, rows = 400): MadeUp => {
  const throwing = dice(2017)
  mkdirSync(folder, { recursive: true })
  const write = (file: string, header: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, file), `${[header, ...lines].join('\r\n')}\r\n`)
  write('sales_teams.csv', 'sales_agent,manager,regional_office', AGENTS.map(teamLine))
  const productLines = PRODUCTS.map(([name, price]) => `${name},${name.slice(0, 3)},${price}`)
  write('products.csv', 'product,series,sales_price', productLines)
  const accountHeader = 'account,sector,year_established,revenue,employees,office_location,subsidiary_of'
  write('accounts.csv', accountHeader, ACCOUNTS.map(accountLine))
  const deals = Array.from({ length: rows }, (_, index) => dealLine(throwing, index))
  const lines = deals.toSpliced(Math.floor(rows / 2), 0, ...BAD)
  const header = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value'
  write('sales_pipeline.csv', header, lines)
  return { folder, bad: new Set(BAD.map((line) => line.split(',')[0] ?? '')) }
}
