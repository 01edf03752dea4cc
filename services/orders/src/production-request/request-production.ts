import { type BusinessDate, companyScope, type Decision } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Order } from '../order/order.ts'
import { type ProductionRequest, requestProduction, withdraw } from './production-request.ts'
import { productionRequestId } from './production-request-store.ts'

/** R216: one for each line of an order that waits. */
export const productionRequests = async (
  { store }: Desk,
  { id: orderId, companyId, orderNo, lines }: Order,
  requestedOn: BusinessDate,
): Promise<readonly Decision<ProductionRequest>[]> =>
  Promise.all(
    lines.flatMap(({ lineNo, sku, uom, waiting }) => {
      if (!waiting) return []
      const { quantity, promisedOn } = waiting
      const facts = { id: productionRequestId(orderId, lineNo), companyId, orderId, orderNo, lineNo, sku, uom }
      const decide = async () => {
        const requestNo = await store.numbers(companyId, 'PR', requestedOn)
        return requestProduction({ ...facts, requestNo, quantity, requestedOn, promisedOn })
      }
      return [decide()]
    }),
  )

/** What an order waited for that is cancelled. */
export const withdrawRequests = async (
  { desk, tx }: { readonly desk: Desk; readonly tx: Tx },
  { id: orderId, companyId, lines }: Order,
  on: BusinessDate,
): Promise<void> => {
  if (!lines.some(({ waiting }) => waiting)) return
  const scope = companyScope(companyId)
  const open = await tx.findBy(desk.productionRequests, scope, { orderId, status: 'open' })
  for (const request of open) tx.save(desk.productionRequests, withdraw(request, on))
}
