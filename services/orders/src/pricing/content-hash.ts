import { createHash } from 'node:crypto'
import { formatMoney, formatQuantity } from '@saleswright/kernel'
import type { Line } from '../order/order.ts'

/** SHA-256, hex, of what a decision about prices is about: another product, quantity or price is another content. */
export const contentHash = (lines: readonly Line[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        lines.map(({ lineNo, sku, quantity, unitPrice }) => [
          lineNo,
          sku,
          formatQuantity(quantity),
          unitPrice.currency,
          formatMoney(unitPrice),
        ]),
      ),
    )
    .digest('hex')
