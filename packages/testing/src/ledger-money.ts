import type { ExposureFact, Facts, Finding, StockFact } from './ledger-facts.ts'

type Book = Pick<Facts, 'money' | 'stock' | 'exposures'>

const add = (left: bigint, right: bigint): bigint => left + right

/** L6: the money of each order, and of all together, is the same wherever it is counted. */
export const moneyAgrees = ({ money }: Book): Finding => {
  const faults = money.flatMap(({ orderId, net, counted }) => {
    const said = net === undefined ? counted : { order: net, ...counted }
    const agree = new Set(Object.values(said)).size <= 1
    return agree
      ? []
      : [
          `${orderId}: ${Object.entries(said)
            .map(([who, sum]) => `${who} ${sum}`)
            .join(', ')}`,
        ]
  })
  return { rule: 'L6', checked: money.length, faults }
}

const stockFaults = ({ sku, onHand, reserved, moves, promised }: StockFact): readonly string[] => {
  let [lies, kept] = [0n, 0n]
  const faults: string[] = []
  for (const move of moves) {
    lies += move.onHand
    kept += move.reserved
    if (kept < 0n || kept > lies) faults.push(`${sku} once had ${lies} and promised ${kept}`)
  }
  if (lies !== onHand || kept !== reserved) {
    faults.push(`${sku} has ${onHand} and promised ${reserved}; its events say ${lies} and ${kept}`)
  }
  if (reserved !== promised) faults.push(`${sku} promised ${reserved}, orders wait for ${promised}`)
  return faults
}

const exposureFaults = ({ customerId, amount, changes, owed }: ExposureFact): readonly string[] => {
  const told = changes.reduce(add, 0n)
  return [
    ...(told === amount ? [] : [`the exposure of ${customerId} is ${amount}; its events say ${told}`]),
    ...(owed === undefined || owed === amount ? [] : [`the exposure of ${customerId} is ${amount}; it owes ${owed}`]),
  ]
}

/** L7: stock and credit are what their events and the orders say, and nothing was ever promised twice. */
export const stockAndCreditAreExact = ({ stock, exposures }: Book): Finding => ({
  rule: 'L7',
  checked: stock.length + exposures.length,
  faults: [...stock.flatMap(stockFaults), ...exposures.flatMap(exposureFaults)],
})
