import { readMoney } from '@saleswright/contracts'
import type { BusinessDate } from '@saleswright/kernel'
import type { Row } from '../csv-rows.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { skuOf } from './catalog.ts'
import { dateIn, moneyIn, needed, optional } from './cells.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'
import { meant } from './mapped.ts'
import type { Agent } from './organisation.ts'

type Stage = 'Prospecting' | 'Engaging' | 'Won' | 'Lost'

/** A row of the pipeline that can be taken. */
export type Deal = {
  readonly id: string
  readonly agent: Agent
  readonly product: string
  readonly sku: string
  /** Absent for a lead. */
  readonly customerId?: string
  readonly account?: string
  readonly stage: Stage
  readonly engagedOn?: string
  readonly closedOn?: string
  readonly value?: ReturnType<typeof moneyIn>
}

/** What the rows refer to, by the names in the files. */
export type Known = {
  readonly agents: ReadonlyMap<string, Agent>
  readonly products: ReadonlySet<string>
  readonly customers: ReadonlyMap<string, string>
  readonly today: BusinessDate
}

const STAGES: readonly Stage[] = ['Prospecting', 'Engaging', 'Won', 'Lost']

/** What a row of the pipeline says, if it can be taken: the services have nothing to refuse in it by their own rules. */
export const dealIn = (run: Pick<Run, 'tally'>, known: Known, row: Row): Deal => {
  const stage = stageIn(row)
  const closed = stage === 'Won' || stage === 'Lost'
  const dates = datesIn(row, known.today, closed)
  const product = productIn(run, known, row)
  const value = stage === 'Won' || optional(row, 'close_value') ? moneyIn(row, 'close_value') : undefined
  if (stage === 'Won' && value && readMoney(value).minor === 0n) {
    reject('close_value', row.cells.close_value ?? '', 'import_won_for_nothing')
  }
  return {
    id: needed(row, 'opportunity_id'),
    agent: agentIn(known, row),
    product,
    sku: skuOf(product),
    stage,
    ...accountIn(known, row, closed),
    ...dates,
    ...(value && { value }),
  }
}

const datesIn = (row: Row, today: BusinessDate, closed: boolean): Pick<Deal, 'engagedOn' | 'closedOn'> => {
  const [engagedOn, closedOn] = [dateIn(row, 'engage_date', today), dateIn(row, 'close_date', today)]
  if (closed && closedOn === undefined) reject('close_date', '', 'import_end_missing')
  if (!closed && closedOn !== undefined) reject('close_date', closedOn, 'import_end_of_open')
  if (engagedOn !== undefined && closedOn !== undefined && closedOn < engagedOn) {
    reject('close_date', closedOn, 'closed_before_engaged', { engagedOn, closedOn })
  }
  return { ...(engagedOn !== undefined && { engagedOn }), ...(closedOn !== undefined && { closedOn }) }
}

const stageIn = (row: Row): Stage => {
  const name = needed(row, 'deal_stage')
  return (
    STAGES.find((stage) => stage === name) ?? reject('deal_stage', name, 'import_none_of', { words: STAGES.join(', ') })
  )
}

const agentIn = ({ agents }: Known, row: Row): Agent => {
  const name = needed(row, 'sales_agent')
  return agents.get(name) ?? reject('sales_agent', name, 'import_refers_nowhere', { file: TEAMS })
}

const productIn = (run: Pick<Run, 'tally'>, { products }: Known, row: Row): string => {
  const name = meant(run, PIPELINE, row, 'product')
  return products.has(name) ? name : reject('product', name, 'import_refers_nowhere', { file: PRODUCTS })
}

const accountIn = ({ customers }: Known, row: Row, closed: boolean): Pick<Deal, 'customerId' | 'account'> => {
  const account = optional(row, 'account')
  if (account === undefined) return closed ? reject('account', '', 'import_closed_without_account') : {}
  const customerId = customers.get(account) ?? reject('account', account, 'import_refers_nowhere', { file: ACCOUNTS })
  return { customerId, account }
}
