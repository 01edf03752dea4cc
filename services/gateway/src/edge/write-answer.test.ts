import { create, toJson } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { registry } from '@saleswright/contracts'
import { StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import {
  ListOrdersResponseSchema,
  Order_Status,
  OrderSchema,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ReportRowSchema } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { expect, test } from 'vitest'
import { bindingsOf } from './bindings.ts'
import { answerWriter } from './write-answer.ts'

test('texts and enums are sent when they say something, lists always', () => {
  const order = create(OrderSchema, { orderId: '1', status: Order_Status.RELEASED, lines: [] })
  expect(answerWriter(OrderSchema)(order)).toEqual({ orderId: '1', status: 'RELEASED', lines: [] })
})

test('an optional field is sent when it is there, also when it is empty', () => {
  expect(answerWriter(OrderSchema)(create(OrderSchema, { partnerId: '' }))).toEqual({ partnerId: '', lines: [] })
})

test('a page always says whether there is another', () => {
  expect(answerWriter(ListOrdersResponseSchema)(create(ListOrdersResponseSchema, {}))).toEqual({
    orders: [],
    nextPageToken: '',
  })
  const counted = create(ListOrdersResponseSchema, { totalSize: 0 })
  expect(answerWriter(ListOrdersResponseSchema)(counted)).toEqual({ orders: [], nextPageToken: '', totalSize: 0 })
})

test('times are RFC 3339 in UTC, and 64 bits are strings', () => {
  const uploadedAt = timestampFromDate(new Date('2026-03-01T10:00:00.5+08:00'))
  expect(answerWriter(StoredFileSchema)(create(StoredFileSchema, { size: 2n ** 53n + 1n, uploadedAt }))).toEqual({
    size: '9007199254740993',
    uploadedAt: '2026-03-01T02:00:00.500Z',
  })
})

test('maps keep their keys', () => {
  const row = create(ReportRowSchema, {
    keys: { month: '2026-03' },
    amounts: { net: { currencyCode: 'CNY', amount: '1.00' } },
  })
  expect(answerWriter(ReportRowSchema)(row)).toMatchObject({
    keys: { month: '2026-03' },
    amounts: { net: { currencyCode: 'CNY', amount: '1.00' } },
  })
})

const outputs = bindingsOf([...registry].flatMap((type) => (type.kind === 'service' ? [type] : []))).map(
  ({ method }) => method.output,
)

test.each([...new Set(outputs)].map((output) => [output.typeName, output] as const))(
  'an empty %s says no less than protobuf does',
  (_, output) => {
    const empty = create(output)
    expect(answerWriter(output)(empty)).toMatchObject(toJson(output, empty) as object)
  },
)
