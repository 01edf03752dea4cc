import { fc, test as property } from '@fast-check/vitest'
import { registry } from '@saleswright/contracts'
import { CustomerService } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import {
  type CreateOrderRequest,
  Order_Payment_Terms,
  Order_Status,
  OrderService,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { AppError, newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { bindingsOf } from './bindings.ts'
import { type Incoming, requestReader } from './read-request.ts'

const bindings = bindingsOf([...registry].flatMap((type) => (type.kind === 'service' ? [type] : [])))
const readerOf = (name: string) => {
  const binding = bindings.find(({ method }) => method.name === name)
  if (!binding) throw new Error(`no route is called ${name}`)
  const read = requestReader(binding)
  return (incoming: Partial<Incoming>) => read({ params: {}, query: {}, body: undefined, ...incoming })
}
const [createOrder, listOrders, confirmOrder, updateCustomer] = [
  OrderService.method.createOrder,
  OrderService.method.listOrders,
  OrderService.method.confirmOrder,
  CustomerService.method.updateCustomer,
].map(({ name }) => readerOf(name)) as [ReturnType<typeof readerOf>, ...ReturnType<typeof readerOf>[]]

const id = newId()
const order = { customerId: id, lines: [{ sku: 'SW-100', quantity: '2' }] }

/** The fields that are refused, each with the rule it breaks. */
const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read()
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error).toMatchObject({ kind: 'invalid', code: 'malformed_request' })
    return error.violations.map(({ field, rule }) => `${field} ${rule}`)
  }
}

describe('a body', () => {
  test('becomes a message', () => {
    const money = { currencyCode: 'CNY', amount: '99.50' }
    const body = {
      ...order,
      confirmed: true,
      paymentTerms: 'CREDIT',
      lines: [{ ...order.lines[0], agreedUnitPrice: money }],
    }
    expect(createOrder({ body })).toMatchObject({
      customerId: id,
      confirmed: true,
      paymentTerms: Order_Payment_Terms.CREDIT,
      lines: [{ sku: 'SW-100', quantity: '2', agreedUnitPrice: money }],
    })
  })

  test.each(['2024-02-29', '1900-01-01', '2199-12-31', '20240229', ''])(
    'may name the day %j, or leave its form to the contract',
    (businessDate) => {
      expect(createOrder({ body: { businessDate } })).toMatchObject({ businessDate })
    },
  )

  test('leaves out what was not sent', () => {
    const read = createOrder({ body: order }) as CreateOrderRequest
    expect([read.note, read.paymentTerms, read.shipTo]).toEqual([undefined, undefined, undefined])
    expect(Object.hasOwn(updateCustomer!({ params: { customer_id: id }, body: { name: '新名' } }), 'sector')).toBe(
      false,
    )
  })

  test.each<[string, unknown, readonly string[]]>([
    ['an unknown field', { ...order, colour: 'red' }, ['colour unknown_field']],
    ['one deep inside', { lines: [{ sku: 'a', quantity: '1', note: 1 }] }, ['lines[0].note unknown_field']],
    ['a name of the contract', { customer_id: id }, ['customer_id unknown_field']],
    ['a number for a decimal', { lines: [{ sku: 'a', quantity: 2 }] }, ['lines[0].quantity text']],
    [
      '2^53 + 1 for an amount',
      JSON.parse('{"lines":[{"agreedUnitPrice":{"amount":9007199254740993}}]}'),
      ['lines[0].agreedUnitPrice.amount text'],
    ],
    ['an unknown enum value', { paymentTerms: 'LATER' }, ['paymentTerms enum']],
    ['a number for an enum', { paymentTerms: 1 }, ['paymentTerms enum']],
    ['the zero value', { paymentTerms: 'TERMS_UNSPECIFIED' }, ['paymentTerms enum']],
    ['a name that every object has', { paymentTerms: 'constructor' }, ['paymentTerms enum']],
    ['null', { customerId: null }, ['customerId null']],
    ['a text for a flag', { confirmed: 'true' }, ['confirmed bool']],
    ['a list for an object', { shipTo: [] }, ['shipTo object']],
    ['an object for a list', { lines: {} }, ['lines list']],
    ['an object for a text', { customerId: { $ne: null } }, ['customerId text']],
    ['too many lines', { lines: Array.from({ length: 501 }, () => ({})) }, ['lines too_many']],
    ['NUL', { note: 'a\0b' }, ['note characters']],
    ['half a surrogate pair', { note: '\ud800' }, ['note characters']],
    ['a day that is none', { businessDate: '2026-02-30' }, ['businessDate day']],
    ['a month that is none', { businessDate: '2026-13-01' }, ['businessDate day']],
    ['a day before any business', { businessDate: '1899-12-31' }, ['businessDate day_range']],
    ['the year 0000', { businessDate: '0000-01-01' }, ['businessDate day_range']],
    ['a mistyped century', { businessDate: '2200-01-01' }, ['businessDate day_range']],
    ['the day for never', { businessDate: '9999-12-31' }, ['businessDate day_range']],
    ['29 February of no leap year', { businessDate: '1900-02-29' }, ['businessDate day']],
    ['__proto__', JSON.parse('{"__proto__":{"admin":true}}'), ['__proto__ unknown_field']],
    [
      'several at once',
      { a: 1, lines: [{ sku: 1 }, { b: 2 }] },
      ['a unknown_field', 'lines[0].sku text', 'lines[1].b unknown_field'],
    ],
    ['a list', [], [' object']],
    ['null itself', null, [' object']],
    ['a text', 'order', [' object']],
  ])('is refused for %s', (_, body, faults) => {
    expect(faultsOf(() => createOrder({ body }))).toEqual(faults)
  })

  test('says what an enum may be, and names no more than a hundred faults of at most two hundred characters', () => {
    expect(() => createOrder({ body: { paymentTerms: 'LATER' } })).toThrow(
      expect.objectContaining({ violations: [{ field: 'paymentTerms', rule: 'enum', message: 'PREPAY, CREDIT' }] }),
    )
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x${index}`.padEnd(1000, 'x'), 1]))
    const faults = faultsOf(() => createOrder({ body: many }))
    expect(faults).toHaveLength(100)
    expect(Math.max(...faults.map((fault) => fault.length))).toBeLessThan(220)
  })

  test('has no say in what stands in the path, and brings no query', () => {
    expect(faultsOf(() => confirmOrder!({ params: { order_id: id }, body: { orderId: newId() } }))).toEqual([
      'orderId in_path',
    ])
    expect(faultsOf(() => createOrder({ body: order, query: { note: 'x' } }))).toEqual(['note unknown_parameter'])
    expect(confirmOrder!({ params: { order_id: id } })).toMatchObject({ orderId: id })
  })

  property.prop([fc.json({ maxDepth: 6 })])('of any form is read or refused by name', (json) => {
    faultsOf(() => createOrder({ body: JSON.parse(json) }))
  })
})

describe('If-Match', () => {
  test.each([
    ['"3"', '3'],
    ['3', '3'],
    ['*', ''],
  ])('%s asks for the etag %j', (ifMatch, etag) => {
    expect(confirmOrder!({ params: { order_id: id }, ifMatch })).toMatchObject({ etag })
  })

  test.each(['', '""', '"', 'W/""', '"1", "2"', '1,2'])('%j is refused, for it would guard nothing', (ifMatch) => {
    expect(faultsOf(() => confirmOrder!({ params: { order_id: id }, ifMatch }))).toEqual(['If-Match etag'])
  })

  test('of a weak etag never matches', () => {
    expect(() => confirmOrder!({ params: { order_id: id }, ifMatch: 'W/"3"' })).toThrow(
      expect.objectContaining({ kind: 'stale', code: 'etag_mismatch' }),
    )
  })

  test('and the etag of the body have to be the same, and neither may be empty', () => {
    const confirm = (etag: unknown, ifMatch?: string) =>
      confirmOrder!({ params: { order_id: id }, body: { etag }, ifMatch })
    expect(confirm('3', '"3"')).toMatchObject({ etag: '3' })
    expect(confirm('3', '*')).toMatchObject({ etag: '3' })
    expect(() => confirm('2', '"3"')).toThrow(expect.objectContaining({ kind: 'stale', code: 'etag_mismatch' }))
    expect(faultsOf(() => confirm(''))).toEqual(['etag etag'])
  })
})

describe('query parameters', () => {
  test('are read by the types of their fields', () => {
    const query = { pageSize: '20', withTotal: 'true', status: 'RELEASED', q: '100', orderBy: '-orderNo' }
    expect(listOrders!({ query })).toMatchObject({
      pageSize: 20,
      withTotal: true,
      status: Order_Status.RELEASED,
      q: '100',
      orderBy: '-orderNo',
    })
  })

  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{ colour: 'red' }, 'colour unknown_parameter'],
    [{ 'status[$ne]': 'DRAFT' }, 'status[$ne] unknown_parameter'],
    [{ page_size: '2' }, 'page_size unknown_parameter'],
    [{ status: ['DRAFT', 'RELEASED'] }, 'status once'],
    [{ status: 'draft' }, 'status enum'],
    [{ status: '' }, 'status enum'],
    [{ pageSize: 'ten' }, 'pageSize integer'],
    [{ pageSize: '' }, 'pageSize integer'],
    [{ pageSize: '1e2' }, 'pageSize integer'],
    [{ pageSize: '9999999999' }, 'pageSize integer'],
    [{ withTotal: 'yes' }, 'withTotal bool'],
    [{ withTotal: 'constructor' }, 'withTotal bool'],
    [{ q: '\0' }, 'q characters'],
  ])('%j are refused', (query, fault) => {
    expect(faultsOf(() => listOrders!({ query }))).toEqual([fault])
  })

  test.each(['q=%ff', 'q=%ed%a0%80', 'q=%', 'q=%e6%98'])('%s is no text', (search) => {
    expect(faultsOf(() => listOrders!({ query: { q: 'as it was left' }, search }))).toEqual(['q characters'])
    expect(listOrders!({ query: { q: '春' }, search: 'q=%e6%98%a5' })).toMatchObject({ q: '春' })
  })

  property.prop([fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())))])(
    'of any form are read or refused by name',
    (query) => {
      faultsOf(() => listOrders!({ query }))
    },
  )
})

test('every route of the contracts can be read', () => {
  for (const binding of bindings) requestReader(binding)
  expect(bindings.length).toBeGreaterThan(100)
})
