import { create } from '@bufbuild/protobuf'
import { fc, test as property } from '@fast-check/vitest'
import { moneyMessage } from '@saleswright/contracts'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  OrderConfirmedSchema,
  PaymentAllocatedSchema,
  ReceivableOpenedSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { inPeriod, newId, type Period } from '@saleswright/kernel'
import { expect } from 'vitest'
import { BASES, type Happening, histories, PERIODS, sumOver } from '../../test/history.ts'
import { type Basis, isCount } from '../target-plan/target-plan.ts'
import { type Contribution, FACTS } from './contribution.ts'
import { billed, collected, filed, ordered, shipped, takenBack } from './counting.ts'
import { attainmentRows, type HeldTarget } from './rows.ts'

const KNOWN = {
  people: ['li', 'wang', 'chen'],
  places: [['root'], ['root', 'north', 'shop'], ['root', 'south']],
}
const told = () => ({ companyId: 'c', eventId: newId(), recordedAt: new Date(0) })

/** The rows of one happening, made of its events. */
const rowsOf = ({ fact, owner, place, on, cents, currency, backs }: Happening): readonly Contribution[] => {
  const orgPath = [...KNOWN.places[place]!]
  const whose = { ownerId: KNOWN.people[owner]!, unitId: orgPath.at(-1)!, orgPath }
  const money = (minor: number) => moneyMessage({ currency, minor: BigInt(minor) })
  const [some, rest] = [Math.floor(cents / 3), cents - Math.floor(cents / 3)]
  const made = {
    ordered: () =>
      ordered(
        told(),
        create(OrderConfirmedSchema, { ...whose, orderId: newId(), businessDate: on, net: money(cents) }),
      ),
    shipped: () => {
      const parts = [{ net: money(some) }, { net: money(rest) }]
      return shipped(told(), create(ShipmentShippedSchema, { ...whose, shipmentId: newId(), shippedOn: on, parts }))
    },
    billed: () =>
      billed(
        told(),
        create(ReceivableOpenedSchema, { ...whose, receivableId: newId(), billedOn: on, net: money(cents) }),
      ),
    collected: () =>
      collected(
        told(),
        create(PaymentAllocatedSchema, { ...whose, allocationId: newId(), allocatedOn: on, net: money(cents) }),
      ),
    filed: () => filed(told(), create(CustomerChangedSchema, { ...whose, customerId: newId(), businessDate: on })),
  }[fact]()
  const amountOf = (part: number) => (fact === 'collected' ? { amount: BigInt(part) } : {})
  return [made, ...backs.map((back) => takenBack(told(), made, { on: back.on, ...amountOf(back.cents) }))]
}

type Counting = { readonly basis: Basis; readonly period: Period; readonly currency: string }

const sumsIn = (rows: readonly Contribution[], { basis, period, currency }: Counting) =>
  rows
    .filter((row) => row.fact === FACTS[basis] && inPeriod(row.on, period))
    .filter((row) => isCount(basis) || row.currency === currency)
    .map(({ ownerId, orgPath, amount, pieces }) => ({
      ownerId,
      orgPath,
      amount: isCount(basis) ? BigInt(pieces) : amount,
    }))

const target = (kind: HeldTarget['kind'], amount: bigint, period: Period): HeldTarget => ({
  node: { kind: 'person', id: 'li' },
  name: 'li',
  period,
  kind,
  amount,
  orgPath: ['root', 'south'],
  own: false,
})

property.prop([histories, fc.constantFrom(...PERIODS), fc.constantFrom<'person' | 'org_unit'>('person', 'org_unit')])(
  'of whatever happened and was taken back, each basis reaches the sum over its rows, with targets or without',
  (history, period, kind) => {
    const rows = history.flatMap(rowsOf)
    const targets = [target('quota', 500n, period), target('minimum', 300n, period)]
    for (const basis of BASES) {
      const expected = sumOver(history, KNOWN, { basis, kind, period })
      const found = (isCount(basis) ? [''] : ['USD', 'EUR']).flatMap((currency) =>
        attainmentRows(kind, period, sumsIn(rows, { basis, period, currency }), targets).map(
          ({ node, reached }) => [isCount(basis) ? node.id : `${node.id} ${currency}`, reached] as const,
        ),
      )
      for (const [key, reached] of found) expect(reached).toBe(expected[key] ?? 0n)
      expect(Object.keys(expected).filter((key) => !found.some(([name]) => name === key))).toEqual([])
    }
  },
)
