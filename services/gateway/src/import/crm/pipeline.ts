import { readMoney } from '@saleswright/contracts'
import { Lead_Status } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { Opportunity_Stage } from '@saleswright/contracts/saleswright/customers/v1/opportunity_pb.ts'
import { eachRow, type Kind } from '../each-row.ts'
import type { Run } from '../run.ts'
import type { Step } from '../step.ts'
import { type Deal, dealIn, type Known } from './deal.ts'
import { PIPELINE, ref } from './files.ts'
import { sell } from './sale.ts'

/** How many rows are under way at once: enough to fill the disk's turns, few enough that no call waits for long. */
const PARALLEL = 24

const STAGE = {
  Prospecting: Opportunity_Stage.DISCOVERY,
  Engaging: Opportunity_Stage.REQUIREMENT_CONFIRMED,
  Won: Opportunity_Stage.WON,
  Lost: Opportunity_Stage.LOST,
} as const

const COLUMNS = {
  '': 'opportunity_id',
  externalRef: 'opportunity_id',
  ownerId: 'sales_agent',
  recordedFor: 'sales_agent',
  title: 'product',
  sku: 'product',
  customerId: 'account',
  stage: 'deal_stage',
  status: 'deal_stage',
  engagedOn: 'engage_date',
  contactedOn: 'engage_date',
  businessDate: 'engage_date',
  closedOn: 'close_date',
  receivedOn: 'close_date',
  shippedOn: 'close_date',
  deliveredOn: 'close_date',
  expectedValue: 'close_value',
  wonValue: 'close_value',
  lines: 'close_value',
  amount: 'close_value',
  allocations: 'close_value',
} as const

/** Each row an opportunity, or a lead where it names no account; each won one an order besides. */
export const followPipeline = (run: Run, known: Known & { readonly directorId: string }): Promise<void> => {
  const rows: Kind<Deal> = {
    file: PIPELINE,
    key: 'opportunity_id',
    parallel: PARALLEL,
    columns: COLUMNS,
    decide: (row) => dealIn(run, known, row),
  }
  return eachRow(run, rows, async (deal, step) => {
    const { customerId } = deal
    if (customerId === undefined) return { ids: [await lead(run, deal, step)] }
    const opportunityId = await opportunity(run, { ...deal, customerId }, step)
    if (deal.stage !== 'Won') return { ids: [opportunityId] }
    return { ids: [opportunityId, await sell(run, { ...deal, customerId, opportunityId }, step, known.directorId)] }
  })
}

/** What a deal that is not won was thought to be worth; of a lost one the files say 0. */
const expected = ({ stage, value }: Deal) =>
  stage !== 'Won' && value && readMoney(value).minor > 0n ? { expectedValue: value } : {}

const LONGEST_TITLE = 200

const whose = ({ agent }: Deal) => ({ ownerId: agent.personId, recordedFor: agent.personId })

const lead = async (run: Run, deal: Deal, step: Step): Promise<string> => {
  const engaging = deal.stage === 'Engaging'
  const request = {
    title: deal.product,
    ...expected(deal),
    sku: deal.sku,
    status: engaging ? Lead_Status.CONTACTED : Lead_Status.NEW,
    externalRef: ref('deal', deal.id),
    ...whose(deal),
    ...(deal.engagedOn && { contactedOn: deal.engagedOn, businessDate: deal.engagedOn }),
  }
  const { leadId } = await step('lead', (options) => run.calls.leads.createLead(request, options))
  return leadId
}

const opportunity = async (run: Run, deal: Deal & { customerId: string }, step: Step): Promise<string> => {
  const businessDate = deal.engagedOn ?? deal.closedOn
  const request = {
    title: Array.from(`${deal.product} · ${deal.account}`).slice(0, LONGEST_TITLE).join(''),
    ...expected(deal),
    customerId: deal.customerId,
    sku: deal.sku,
    stage: STAGE[deal.stage],
    externalRef: ref('deal', deal.id),
    ...whose(deal),
    ...(deal.engagedOn && { engagedOn: deal.engagedOn }),
    ...(deal.closedOn && { closedOn: deal.closedOn }),
    ...(deal.stage === 'Won' && deal.value && { wonValue: deal.value }),
    // The files do not say why a deal was lost; a lost opportunity has to.
    ...(deal.stage === 'Lost' && { lostReason: 'not recorded' }),
    ...(businessDate && { businessDate }),
  }
  const { opportunityId } = await step('opportunity', (options) =>
    run.calls.opportunities.createOpportunity(request, options),
  )
  return opportunityId
}
