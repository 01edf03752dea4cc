import type { ReportDocument } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { KINDS } from '../src/figures/kinds.ts'
import type { CollectionRow } from '../src/models/collection.ts'
import type { CommissionRow } from '../src/models/commission.ts'
import type { TargetPlanRow } from '../src/models/target-plan.ts'
import type { Place } from '../src/rows/place.ts'
import type { Row } from '../src/rows/row.ts'
import { apply, type Facts, logged } from './facts.ts'

type Lying = Pick<Row, 'companyId'> & Partial<Place>
/** For whom a document counts, and where it lies itself. */
type Whereabouts = { readonly counts: Lying; readonly lies: Lying }

const at = (path: string, counts: Lying, lies = counts): readonly (readonly [string, Whereabouts])[] => [
  [path, { counts, lies }],
]

/** By the collections of the rows: what a document of them is called, and where it lies. */
const DOCUMENTS: Readonly<Record<string, (row: Row) => ReturnType<typeof at>>> = {
  orders: (row) => at(`/v1/orders/${row.id}`, row),
  shipments: (row) => at(`/v1/shipments/${row.id}`, row),
  opportunities: (row) => at(`/v1/opportunities/${row.id}`, row),
  leads: (row) => at(`/v1/leads/${row.id}`, row),
  receivables: (row) => at(`/v1/receivables/${row.id}`, row),
  commissions: (row) => at(`/v1/commission-lines/${(row as CommissionRow).lineId}`, row),
  collections: (row) => {
    const { payment, companyId } = row as CollectionRow
    return at(`/v1/payments/${payment.id}`, row, { ...payment, companyId })
  },
  target_plans: (row) =>
    (row as TargetPlanRow).targets.flatMap(({ nodeId, nodeKind, period, orgPath }) => {
      const place = { companyId: row.companyId, unitId: orgPath.at(-1) ?? '', orgPath }
      const owner = nodeKind === 'person' ? { ownerId: nodeId } : {}
      return at(`/v1/targets?nodeId=${nodeId}&period=${period}`, { ...place, ...owner })
    }),
}

/** Where the documents of these facts are, put together beside the service from the rows alone. */
export const whereabouts = (facts: Facts) => {
  const rows = new Map<string, Row>()
  for (const event of logged(facts)) apply(rows, event)
  const known = new Map([...rows].flatMap(([key, row]) => DOCUMENTS[key.slice(0, key.indexOf('/'))]?.(row) ?? []))
  return ({ path, kind }: ReportDocument): Whereabouts => {
    const found = known.get(path)
    if (!found || !(kind in KINDS)) throw new Error(`nobody knows where ${kind} ${path} is`)
    return found
  }
}
