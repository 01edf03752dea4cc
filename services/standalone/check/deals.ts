import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

type Cells = Readonly<Record<string, string>>

const readCsv = (folder: string, file: string): readonly Cells[] =>
  parse(readFileSync(join(folder, file)), { columns: true, bom: true, relax_column_count: true }) as Cells[]

/** A row of the pipeline as the data set means it; amounts in cents. */
export type Deal = {
  readonly id: string
  readonly agent: string
  readonly manager: string
  readonly office: string
  readonly product: string
  readonly stage: string
  readonly isLead: boolean
  readonly closedOn: string
  readonly cents: bigint
  /** List price in cents. */
  readonly list: bigint
}

const cents = (amount: string): bigint => {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(2, '0'))
}

/** The good rows of the files, read without any code of the platform: what comes out is held against this. */
export const dealsIn = (folder: string, bad: ReadonlySet<string> = new Set()): readonly Deal[] => {
  const teams = new Map(readCsv(folder, 'sales_teams.csv').map((row) => [row.sales_agent, row]))
  const prices = new Map(
    readCsv(folder, 'products.csv').map(({ product, sales_price }) => [product, cents(sales_price ?? '')]),
  )
  return readCsv(folder, 'sales_pipeline.csv').flatMap((row) => {
    const { opportunity_id: id = '', sales_agent: agent = '' } = row
    if (bad.has(id)) return []
    const product = row.product === 'GTXPro' ? 'GTX Pro' : (row.product ?? '')
    const { manager = '', regional_office: office = '' } = teams.get(agent) ?? {}
    const { deal_stage: stage = '', close_date: closedOn = '', close_value: value = '', account = '' } = row
    const sum = cents(value || '0')
    const list = prices.get(product) ?? 0n
    return [{ id, agent, manager, office, product, stage, isLead: account === '', closedOn, cents: sum, list }]
  })
}

export const quarterOf = (date: string): string => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
