import type { Row } from '../csv-rows.ts'
import { reject } from '../reject.ts'
import type { Run } from '../run.ts'
import { skuOf } from './catalog.ts'
import { dateIn, moneyIn, needed, optional } from './cells.ts'
import { PIPELINE } from './files.ts'
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
}

const STAGES: readonly Stage[] = ['Prospecting', 'Engaging', 'Won', 'Lost']

export const dealIn = (run: Run, known: Known, row: Row): Deal => {
  const stage = stageIn(row)
  const [engagedOn, closedOn] = [dateIn(row, 'engage_date'), dateIn(row, 'close_date')]
  const closed = stage === 'Won' || stage === 'Lost'
  if (closed && closedOn === undefined) reject('close_date', '', `is empty although the deal is ${stage}`)
  const product = productIn(run, known, row)
  return {
    id: needed(row, 'opportunity_id'),
    agent: agentIn(known, row),
    product,
    sku: skuOf(product),
    stage,
    ...accountIn(known, row, closed),
    ...(engagedOn && { engagedOn }),
    ...(closedOn && { closedOn }),
    ...((stage === 'Won' || optional(row, 'close_value')) && { value: moneyIn(row, 'close_value') }),
  }
}

const stageIn = (row: Row): Stage => {
  const name = needed(row, 'deal_stage')
  return STAGES.find((stage) => stage === name) ?? reject('deal_stage', name, `is none of ${STAGES.join(', ')}`)
}

const agentIn = ({ agents }: Known, row: Row): Agent => {
  const name = needed(row, 'sales_agent')
  return agents.get(name) ?? reject('sales_agent', name, 'no such agent')
}

const productIn = (run: Run, { products }: Known, row: Row): string => {
  const name = meant(run, PIPELINE, row, 'product')
  return products.has(name) ? name : reject('product', name, 'no such product')
}

const accountIn = ({ customers }: Known, row: Row, closed: boolean): Pick<Deal, 'customerId' | 'account'> => {
  const account = optional(row, 'account')
  if (account === undefined) return closed ? reject('account', '', 'is empty although the deal is closed') : {}
  const customerId = customers.get(account) ?? reject('account', account, 'no such account')
  return { customerId, account }
}
