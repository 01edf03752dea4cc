import { formatQuantity, invalid, type Quantity } from '@saleswright/kernel'
import type { Product } from './product.ts'

/** Refuses a quantity with more decimals than its product has: half a piece is sold, stored and shipped by nobody. */
export const expectDecimals = (
  quantity: Quantity,
  { sku, uom, quantityDecimals }: Pick<Product, 'sku' | 'uom' | 'quantityDecimals'>,
  field: string,
): void => {
  if (quantity.thousandths % 10n ** BigInt(3 - quantityDecimals) === 0n) return
  const params = { sku, uom, quantity: formatQuantity(quantity), decimals: String(quantityDecimals) }
  const violation = { field, rule: 'quantity_not_whole', message: `must have at most ${quantityDecimals} decimals` }
  throw invalid('quantity_not_whole', params, [violation])
}
