import { describeTransitions } from '@saleswright/testing'
import { expect, test } from 'vitest'
import { deliver, plan, type Shipment, type Status, ship, TRANSITIONS, withdraw } from './shipment.ts'

const DAY = '2026-03-10'
const load = { carrier: '顺丰', waybillNo: '1', photoIds: ['photo'], parts: [], on: DAY }

const aShipment = (changes: Partial<Shipment> = {}): Shipment => ({
  ...plan({
    id: 's',
    companyId: 'c',
    ownerId: 'o',
    unitId: 'u',
    orgPath: ['u'],
    shipmentNo: 'SH-20260310-000001',
    orderId: 'order',
    lines: [],
    migrated: false,
    businessDate: DAY,
  }).next,
  ...changes,
})

describeTransitions<Status, Shipment>(
  'shipment',
  TRANSITIONS,
  {
    shipped: (shipment) => ship(shipment, load),
    delivered: (shipment) => deliver(shipment, { on: DAY, receivedBy: '' }),
    withdrawn: (shipment) => withdraw(shipment, { on: DAY, reason: 'damaged' }),
  },
  { first: 'planned', build: (changes) => aShipment(changes) },
)

test('R231: no load leaves without photos of it', () => {
  expect(() => ship(aShipment(), { ...load, photoIds: [] })).toThrow(
    expect.objectContaining({ code: 'photos_missing' }),
  )
})

test('R231: for what a migration brought the waiver is told', () => {
  const { events } = ship(aShipment({ migrated: true }), { ...load, photoIds: [] })
  expect(events).toEqual([expect.objectContaining({ photosWaived: true })])
})
