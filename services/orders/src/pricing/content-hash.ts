import { createHash } from 'node:crypto'
import { formatQuantity, formatRate, formatUnitPrice } from '@saleswright/kernel'
import type { Line } from '../order/order.ts'

/** SHA-256, hex, of what a decision about prices is about: another product, quantity, price or discount is another content. */
export const contentHash = (lines: readonly Line[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        lines.map(({ lineNo, sku, quantity, unitPrice, discountRate }) => [
          lineNo,
          sku,
          formatQuantity(quantity),
          unitPrice.currency,
          formatUnitPrice(unitPrice),
          ...(discountRate ? [formatRate(discountRate)] : []),
        ]),
      ),
    )
    .digest('hex')
