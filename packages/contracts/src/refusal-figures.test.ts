import { expect, test } from 'vitest'
import { parametersOf } from './catalog.ts'
import { catalogs } from './sentence.ts'

/** What a refusal is filled with that is no figure of a record: names, days, what was asked for, what the contract says anyway. */
const NO_FIGURES = new Set(
  `account allowed approvalId at businessDate closedOn code creditCode currency date decimals engagedOn externalOrderNo field file from
  grant grants grouping groupings header heldFrom keys least left lineNo link listUnitPrice method name on orderBy orderNo orders path
  paymentNo period permission personId possible profile promisedOn report right scope shipmentNo sku stage status thing tier timeZone title to
  today unit uom until validFrom validUntil value values within year`.split(/\s+/),
)

/** Who may know the figures of a refusal. */
const READERS = {
  'whoever sent them': `bad_amount bad_quantity bad_rate bad_unit_price amount_not_positive quantity_not_whole quantity_beyond_order
    refund_beyond_payment floors_crossed allocation_beyond_receivable_withheld import_cell_mapped import_date_too_early
    import_header_invalid import_none_of import_row_cut_off import_row_twice import_too_deep import_two_offices import_waits
    import_permissions_missing`,
  // The answer of the same verb shows them.
  'whoever may act on the record': `allocation_beyond_payment difference_too_large funds_missing receivable_open stock_below_reserved`,
  'everybody in the company': 'position_full unit_full lead_capacity_reached',
  everybody: 'account_locked rate_limited report_too_large',
  // With a sentence without them for all others.
  'whoever may read the record': 'allocation_beyond_receivable credit_limit_exceeded stock_short targets_do_not_add_up',
}

const sentences = new Map(Object.values(catalogs).flatMap((catalog) => Object.entries(catalog.sentences)))
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/)

test('every refusal with a figure says who may know it', () => {
  const withFigures = [...sentences].flatMap(([code, { en }]) =>
    !/^(mail|why)_/.test(code) && parametersOf(en).some((name) => !NO_FIGURES.has(name)) ? [code] : [],
  )
  expect(withFigures.toSorted()).toEqual(Object.values(READERS).flatMap(wordsOf).toSorted())
})

test.each(wordsOf(READERS['whoever may read the record']))('%s has a sentence without its figures', (code) => {
  const without = sentences.get(`${code}_withheld`)
  const kept = parametersOf(without?.en ?? '')
  expect(without).toBeDefined()
  expect(parametersOf(sentences.get(code)?.en ?? '')).toEqual(expect.arrayContaining([...kept]))
})
