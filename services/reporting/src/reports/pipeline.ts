import type { Entry } from '../figures/entry.ts'
import type { FigureOf } from '../figures/kinds.ts'
import { rates, shareOf } from '../figures/share.ts'
import { stageOfLead } from '../figures/stages.ts'
import type { LeadRow } from '../models/lead.ts'
import type { OpportunityRow } from '../models/opportunity.ts'
import { type Asked, between, placedAt, type Report } from './report.ts'

type Figure = FigureOf<'pipeline'>
type Deal = Pick<OpportunityRow, 'ownerId' | 'unitId' | 'orgPath' | 'day' | 'currency' | 'value' | 'sku'>

const CLOSED: ReadonlyMap<string, Figure> = new Map(Object.entries({ won: 'won', lost: 'lost' } as const))

/** What names no amount counts all the same, with the currency of the company. */
const dealEntry = ({ currency, value, sku, day, ...deal }: Deal, stage: string, asked: Asked) => {
  const minor = BigInt(value ?? 0)
  return {
    ...placedAt(deal),
    date: day,
    stage,
    currency: currency ?? asked.currency,
    amounts: { value: minor, [CLOSED.get(stage) ?? 'open']: minor },
    counts: { count: 1 },
    products: sku === undefined ? [] : [{ sku, weight: 1n }],
  }
}

const opportunityEntry = (row: OpportunityRow, asked: Asked): Entry<Figure> => {
  const entry = dealEntry(row, row.stage, asked)
  const end = CLOSED.get(row.stage)
  return {
    ...entry,
    document: { kind: 'opportunity', path: `/v1/opportunities/${row.id}` },
    customerId: row.customerId,
    counts: { ...entry.counts, opportunities: 1, ...(end !== undefined && { [end]: 1 }) },
  }
}

/** `leadsContacted`: how many stand where by their own word. */
const countOf = (status: string): string => `leads${status.charAt(0).toUpperCase()}${status.slice(1)}`

const leadEntries = (row: LeadRow, asked: Asked): readonly Entry<Figure>[] => {
  const stage = stageOfLead(row.status)
  if (stage === undefined) return []
  const entry = dealEntry(row, stage, asked)
  const document = { kind: 'lead', path: `/v1/leads/${row.id}` } as const
  return [{ ...entry, document, counts: { ...entry.counts, leads: 1, [countOf(row.status)]: 1 } }]
}

/** Leads and opportunities together, as they stand now; the days are those of their ends, else of their records (decisions 41). */
export const pipeline: Report<'pipeline'> = {
  groupings: ['stage', 'month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['stage'],
  counts: ['count', 'opportunities', 'leads', 'won', 'lost'],
  async *entries(counting, asked) {
    for await (const batch of counting.stream('opportunity', between('day', asked))) {
      yield batch.map((row) => opportunityEntry(row, asked))
    }
    for await (const batch of counting.stream('lead', between('day', asked))) {
      yield batch.flatMap((row) => leadEntries(row, asked))
    }
  },
  rates: ({ counts: { won = 0, lost = 0 } }) => rates({ won: shareOf(BigInt(won), BigInt(won + lost)) }),
}
