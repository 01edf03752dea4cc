import { LedgerLine_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import type { Someone, Stage } from './stage.ts'

const KINDS = new Map<number, string>(Object.entries(LedgerLine_Kind).map(([name, kind]) => [kind, name]))

/** What was told and written of the money for an order. */
export const moneyOf = (stage: Stage, finance: Someone) => {
  const toldOf = async <T>(name: string, orderId: string) =>
    (await stage.told()).filter(
      (event) => event.$typeName.endsWith(`.${name}`) && (event as unknown as { orderId: string }).orderId === orderId,
    ) as unknown as readonly T[]
  const requestsOf = async (orderId: string) =>
    (await stage.paymentRequests.listPaymentRequests({ orderId }, finance.as())).paymentRequests
  const minorOf = (amount: string) => Math.round(Number(amount) * 100)
  const ledgerOf = async (orderId: string) => {
    const { ledgerLines } = await stage.ledger.listLedgerLines({ orderId }, finance.as())
    return ledgerLines.map(({ kind, amount }) => `${KINDS.get(kind)} ${amount!.amount}`).toSorted()
  }
  return { toldOf, requestsOf, minorOf, ledgerOf }
}
