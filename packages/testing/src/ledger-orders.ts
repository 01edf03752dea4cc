import type { Facts, Finding, Intent, OrderFact } from './ledger-facts.ts'

type Book = Pick<Facts, 'intents' | 'orders'>

const isAcked = ({ acked }: Intent): boolean => acked.length > 0

/** L1: what was acknowledged is there, and says what was asked for. */
export const ackedAreThere = ({ intents, orders }: Book): Finding => {
  const byId = new Map(orders.map((order) => [order.id, order]))
  const acked = intents.filter(isAcked)
  const faults = acked.flatMap(({ key, content, acked: answers }) =>
    answers.flatMap(({ orderId }) => {
      const order = byId.get(orderId)
      if (!order) return [`${key} was acknowledged as ${orderId}, which is not there`]
      return order.content === content ? [] : [`${key} was acknowledged as ${orderId}, which says something else`]
    }),
  )
  return { rule: 'L1', checked: acked.length, faults }
}

const twice = (orders: readonly OrderFact[], what: (order: OrderFact) => string | undefined): readonly string[] =>
  [...Map.groupBy(orders, what)].flatMap(([name, same]) =>
    name !== undefined && same.length > 1 ? [`${name} has ${same.length} orders`] : [],
  )

/** L2: a key has one order at most and one answer, and so has a partner's own number. */
export const oneForEach = ({ intents, orders }: Book): Finding => {
  const answers = intents.flatMap(({ key, acked }) => {
    const different = new Set(acked.map(({ answer }) => answer)).size
    return different > 1 ? [`${key} was answered in ${different} ways`] : []
  })
  const numberOf = ({ customerId, externalOrderNo }: OrderFact) =>
    externalOrderNo === undefined ? undefined : `number ${externalOrderNo} of ${customerId}`
  const faults = [
    ...twice(orders, ({ key }) => (key ? `key ${key}` : undefined)),
    ...twice(orders, numberOf),
    ...answers,
  ]
  return { rule: 'L2', checked: orders.length, faults }
}

/** L3: a try without an answer left nothing, or exactly the order that a retry was answered with; what was refused left nothing. */
export const unansweredAreWhole = ({ intents, orders }: Book): Finding => {
  const byKey = Map.groupBy(orders, ({ key }) => key)
  const doubtful = intents.filter(({ unanswered, refused }) => unanswered > 0 || refused > 0)
  const faults = doubtful.flatMap((intent) => {
    const { key, content } = intent
    const found = byKey.get(key) ?? []
    if (isAcked(intent)) return found.length === 1 ? [] : [`${key} was answered at last and has ${found.length} orders`]
    if (intent.unanswered === 0) return found.length === 0 ? [] : [`${key} was refused and has ${found.length} orders`]
    if (found.length > 1) return [`${key} was never answered and has ${found.length} orders`]
    return found.every((order) => order.content === content)
      ? []
      : [`${key} was never answered and says something else`]
  })
  return { rule: 'L3', checked: doubtful.length, faults }
}
