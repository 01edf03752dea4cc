import type { Company, Wish } from '@saleswright/testing/driver'

const LINES = 5

const SHIP_TO = {
  name: 'Shanghai Pudong Distribution Centre',
  line1: 'No. 88 Century Avenue',
  city: 'Shanghai',
  region: 'SH',
  postalCode: '200120',
  countryCode: 'CN',
  phone: '+86-21-5555-0101',
}
const BILL_TO = { ...SHIP_TO, name: 'Pudong Trading Co., Ltd.', line1: 'No. 90 Century Avenue' }

/** A partner order of everyday size: five lines, where it goes and who pays, about 1 kB. */
export const orderOf = ({ skus, customerIds }: Company, index: number): Wish => ({
  key: crypto.randomUUID(),
  customerId: customerIds[index % customerIds.length] ?? '',
  externalOrderNo: `PO-2026-${100_000 + index}`,
  lines: Array.from({ length: LINES }, (_, line) => ({
    sku: skus[(index * 7 + line) % skus.length] ?? '',
    quantity: (line + 1) * 10,
  })),
  more: { shipTo: SHIP_TO, billTo: BILL_TO, note: 'Deliver to dock 4 before noon' },
})
