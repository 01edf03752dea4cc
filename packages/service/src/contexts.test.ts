import { expect, test } from 'vitest'
import { addressVariable, contextOfService } from './contexts.ts'

test('a service of the contract belongs to the context of its package', () => {
  expect(contextOfService({ typeName: 'saleswright.orders.v1.OrderService' })).toBe('orders')
  expect(contextOfService({ typeName: 'saleswright.aftersales.v1.TicketService' })).toBe('after-sales')
})

test('what every host serves belongs to none', () => {
  expect(() => contextOfService({ typeName: 'saleswright.api.v1.EventLogService' })).toThrow('no single context')
  expect(() => contextOfService({ typeName: 'saleswright.unheard.v1.Service' })).toThrow('no single context')
})

test('the variable of an address', () => {
  expect(addressVariable('after-sales')).toBe('AFTER_SALES_ADDRESS')
})
