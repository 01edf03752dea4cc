import { create } from '@bufbuild/protobuf'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  AllocationReversedSchema,
  OrderCancelledSchema,
  OrderConfirmedSchema,
  OrderHandedOverSchema,
  PaymentAllocatedSchema,
  ReceivableCancelledSchema,
  ReceivableHandedOverSchema,
  ReceivableOpenedSchema,
  ShipmentShippedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { peer, type Seat, standInDirectory } from '@saleswright/testing'

/** As much of the organisation as this service asks for: units by name, and who sits where and when. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const { bound, unit, person } = standInDirectory({ companyId, rootUnitId, currencyCode: 'USD' })
  const { definition } = peer('organization', { bounds: [bound] })
  return { definition, unit, person: (name: string, ...seats: readonly Seat[]): string => person({ name, seats }) }
}

type Place = { readonly by: string; readonly at: readonly string[] }
export type Movement = Place & { readonly net: string; readonly on: string; readonly currency?: string }

const placeOf = ({ by, at }: Place) => ({ ownerId: by, unitId: at.at(-1) ?? '', orgPath: [...at] })
const netOf = ({ net, currency = 'USD' }: Movement) => ({ currencyCode: currency, amount: net })

export type Paid = ReturnType<typeof factsOf>

const factsOf = (movement: Movement) => ({
  allocationId: newId(),
  paymentId: newId(),
  orderId: newId(),
  ...placeOf(movement),
  net: netOf(movement),
})

type Tell = ReturnType<typeof peer>['tell']

/** Orders, loads and bills; each is told of under its own id. */
const tradeOf = (companyId: string, tell: Tell) => ({
  confirm: async (movement: Movement): Promise<string> => {
    const orderId = newId()
    const facts = { orderId, businessDate: movement.on, net: netOf(movement), ...placeOf(movement) }
    await tell(companyId, { aggregateId: orderId, event: create(OrderConfirmedSchema, facts) })
    return orderId
  },
  handOver: (orderId: string, to: Place): Promise<void> =>
    tell(companyId, { aggregateId: orderId, event: create(OrderHandedOverSchema, { orderId, ...placeOf(to) }) }),
  cancel: (orderId: string, businessDate: string): Promise<void> =>
    tell(companyId, { aggregateId: orderId, event: create(OrderCancelledSchema, { orderId, businessDate }) }),
  ship: async (movement: Movement, ...more: readonly string[]): Promise<void> => {
    const shipmentId = newId()
    const parts = [movement.net, ...more].map((net) => ({ net: netOf({ ...movement, net }) }))
    const facts = { shipmentId, orderId: newId(), shippedOn: movement.on, parts, ...placeOf(movement) }
    await tell(companyId, { aggregateId: shipmentId, event: create(ShipmentShippedSchema, facts) })
  },
  bill: async (movement: Movement): Promise<string> => {
    const receivableId = newId()
    const facts = { receivableId, orderId: newId(), billedOn: movement.on, net: netOf(movement), ...placeOf(movement) }
    await tell(companyId, { aggregateId: receivableId, event: create(ReceivableOpenedSchema, facts) })
    return receivableId
  },
  cancelBill: async (receivableId: string, cancelledOn: string, by?: Place): Promise<void> => {
    const handed = by && create(ReceivableHandedOverSchema, { receivableId, ...placeOf(by) })
    const event = create(ReceivableCancelledSchema, { receivableId, cancelledOn })
    const events = [...(handed ? [handed] : []), event]
    await tell(companyId, ...events.map((one) => ({ aggregateId: receivableId, event: one })))
  },
})

/** As much of orders as this service hears of: what is ordered, leaves, is billed and is paid, and what of it is taken back. */
export const ordersOf = (companyId: string) => {
  const { definition, tell } = peer('orders')
  return {
    definition,
    ...tradeOf(companyId, tell),
    collect: async (movement: Movement): Promise<Paid> => {
      const paid = factsOf(movement)
      const event = create(PaymentAllocatedSchema, { ...paid, allocatedOn: movement.on })
      await tell(companyId, { aggregateId: paid.paymentId, event })
      return paid
    },
    /** `by` whoever has the order by then. */
    takeBack: ({ paymentId, allocationId }: Paid, movement: Movement): Promise<void> => {
      const facts = { ...factsOf(movement), paymentId, allocationId, reversedOn: movement.on }
      return tell(companyId, { aggregateId: paymentId, event: create(AllocationReversedSchema, facts) })
    },
  }
}

/** As much of customers as this service hears of: files, and who has them. */
export const customersOf = (companyId: string) => {
  const { definition, tell } = peer('customers')
  const change = async (customerId: string, place: Place, on: string): Promise<string> => {
    const event = create(CustomerChangedSchema, { customerId, businessDate: on, ...placeOf(place) })
    await tell(companyId, { aggregateId: customerId, event })
    return customerId
  }
  return { definition, file: (place: Place, on: string) => change(newId(), place, on), change }
}
