import { collections } from '../models/collection.ts'
import { commissions } from '../models/commission.ts'
import { leads } from '../models/lead.ts'
import { opportunities } from '../models/opportunity.ts'
import { orders } from '../models/order.ts'
import { receivables } from '../models/receivable.ts'
import { shipments } from '../models/shipment.ts'
import { targetPlans } from '../models/target-plan.ts'
import type { Model } from '../rows/model.ts'

export type Counted = {
  readonly rows: Model
  /** With which one of them is read by its id. */
  readonly permission: string
  /** The field that says where the document lies, where the row itself says for whom it counts. */
  readonly lies?: string
}

/** Everything that reports count, with where it is and who may read it. */
export const KINDS = {
  order: { rows: orders, permission: 'orders.read' },
  shipment: { rows: shipments, permission: 'shipments.read' },
  collection: { rows: collections, permission: 'payments.read', lies: 'payment' },
  opportunity: { rows: opportunities, permission: 'opportunities.read' },
  lead: { rows: leads, permission: 'leads.read' },
  receivable: { rows: receivables, permission: 'receivables.read' },
  commission_line: { rows: commissions, permission: 'commission.read' },
  target: { rows: targetPlans, permission: 'targets.read' },
  // How far a target is reached is told to whoever may read the target, as /v1/attainments does.
  attained: { rows: collections, permission: 'targets.read' },
} as const satisfies Record<string, Counted>

export type Kind = keyof typeof KINDS
/** What is no document of its own is behind no figure by itself. */
export type DocumentKind = Exclude<Kind, 'attained'>

type ModelOf<K extends Kind> = (typeof KINDS)[K]['rows']
export type RowOf<K extends Kind> = NonNullable<ModelOf<K>['row']>

/**
 * What each figure of each report is made of. A report reads the rows of the kinds that stand here and of no others, and is refused
 * to whoever lacks the permission of one of them.
 */
export const FIGURES = {
  sales: { ordered: ['order'], shipped: ['shipment'], collected: ['collection'] },
  pipeline: {
    value: ['opportunity', 'lead'],
    open: ['opportunity', 'lead'],
    won: ['opportunity', 'lead'],
    lost: ['opportunity', 'lead'],
  },
  receivables: { open: ['receivable'], overdue: ['receivable'] },
  attainment: { target: ['target'], reached: ['attained'] },
  commission: { basis: ['commission_line'], amount: ['commission_line'] },
} as const satisfies Record<string, Record<string, readonly Kind[]>>

export type ReportName = keyof typeof FIGURES
export type FigureOf<N extends ReportName> = keyof (typeof FIGURES)[N] & string
export type KindOf<N extends ReportName> = {
  [One in N]: (typeof FIGURES)[One][keyof (typeof FIGURES)[One]] extends readonly (infer K)[] ? K & Kind : never
}[N]

/** Everything that a report counts, each kind once. */
export const kindsOf = (name: ReportName): readonly Kind[] => [
  ...new Set(Object.values<readonly Kind[]>(FIGURES[name]).flat()),
]
