import { create } from '@bufbuild/protobuf'
import { registry } from '@saleswright/contracts'
import { OrderSchema } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { PartnerApplicationWithSecretSchema } from '@saleswright/contracts/saleswright/organization/v1/partner_application_pb.ts'
import { SessionSchema } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { expect, test } from 'vitest'
import { bindingsOf } from './bindings.ts'
import { locator } from './locator.ts'

const bindings = bindingsOf([...registry].flatMap((type) => (type.kind === 'service' ? [type] : [])))
const locatorOf = (name: string) => locator(bindings.find(({ method }) => method.name === name)!, bindings)

test('what was made is found by its id', () => {
  expect(locatorOf('CreateOrder')(create(OrderSchema, { orderId: 'a/b' }))).toBe('/v1/orders/a%2Fb')
})

test('also where it stands inside the answer', () => {
  const answer = create(PartnerApplicationWithSecretSchema, { application: { partnerApplicationId: '7' } })
  expect(locatorOf('CreatePartnerApplication')(answer)).toBe('/v1/partner-applications/7')
})

test('a session has no address', () => {
  expect(locatorOf('CreateSession')(create(SessionSchema, {}))).toBeUndefined()
})

test('everything else that is made has one', () => {
  const without = bindings
    .filter(({ access }) => access.creates)
    .filter((binding) => {
      const { output } = binding.method
      const inner = output.fields.find(({ message }) => message)?.localName ?? ''
      const made = {
        ...create(output),
        [inner]: create(output.fields.find(({ message }) => message)?.message ?? output),
      }
      return locator(binding, bindings)(made as never) === undefined
    })
  expect(without.map(({ method }) => method.name)).toEqual(['CreateSession'])
})
