import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf'
import { registry } from '@saleswright/contracts'
import { CreatePriceFloorRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { CreateOrderRequestSchema } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { expect, test } from 'vitest'
import { unknownCurrencies } from './currency-fields.ts'

const within = (message: DescMessage, seen = new Set<DescMessage>()): ReadonlySet<DescMessage> => {
  if (seen.has(message)) return seen
  seen.add(message)
  for (const { message: inner } of message.fields) if (inner) within(inner, seen)
  return seen
}

const services = [...registry].filter((type) => type.kind === 'service')
const requests = new Set(services.flatMap(({ methods }) => methods.map(({ input }) => input)))
const holding = [...new Set([...requests].flatMap((request) => [...within(request)]))].filter(({ fields }) =>
  fields.some(({ name }) => name === 'currency_code'),
)

test.each(holding.map((message) => [message.typeName, message] as const))(
  '%s takes no currency that ISO 4217 does not know',
  (_name, message) => {
    const withCode = (currencyCode: string) => create(message, { currencyCode } as MessageInitShape<DescMessage>)
    expect(unknownCurrencies(message, withCode('HUF'))).toEqual([])
    expect(unknownCurrencies(message, withCode('XYZ'))).toMatchObject([{ field: 'currencyCode', rule: 'currency' }])
  },
)

test('a currency is found however deep it is', () => {
  const order = create(CreateOrderRequestSchema, {
    lines: [{ sku: 'A' }, { sku: 'B', agreedUnitPrice: { currencyCode: 'XXX', amount: '1' } }],
  })
  expect(unknownCurrencies(CreateOrderRequestSchema, order)).toMatchObject([
    { field: 'lines[1].agreedUnitPrice.currencyCode' },
  ])
  const floor = create(CreatePriceFloorRequestSchema, { repFloor: { currencyCode: 'XAU', amount: '1' } })
  expect(unknownCurrencies(CreatePriceFloorRequestSchema, floor)).toMatchObject([{ field: 'repFloor.currencyCode' }])
})
