import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { budget, type Release } from './budget.ts'

test('a holder takes up to its own limit, and everybody up to that of all', () => {
  const bytes = budget({ inAll: 10, each: 6 })
  expect(bytes.take('a', 6)).toBeTypeOf('function')
  expect(bytes.take('a', 1)).toBe('each')
  expect(bytes.take('b', 4)).toBeTypeOf('function')
  expect(bytes.take('c', 1)).toBe('inAll')
  expect(bytes.used()).toBe(10)
})

test('what was given back can be taken again, and is given back once', () => {
  const bytes = budget({ inAll: 5, each: 5 })
  const release = bytes.take('a', 5) as Release
  expect(bytes.take('b', 1)).toBe('inAll')
  release()
  release()
  expect(bytes.used()).toBe(0)
  expect(bytes.take('b', 5)).toBeTypeOf('function')
  expect(bytes.take('b', 1)).toBe('each')
})

const step = fc.record({ holder: fc.constantFrom('a', 'b', 'c'), amount: fc.nat(9), back: fc.nat(9) })

property.prop([fc.array(step, { maxLength: 200 })])('what is held is what was taken and not given back', (steps) => {
  const bytes = budget({ inAll: 20, each: 12 })
  const held: { readonly amount: number; readonly release: Release }[] = []
  for (const { holder, amount, back } of steps) {
    const taken = bytes.take(holder, amount)
    if (typeof taken === 'function') held.push({ amount, release: taken })
    const [given] = held.splice(back, 1)
    given?.release()
    const sum = held.reduce((total, one) => total + one.amount, 0)
    expect(bytes.used()).toBe(sum)
    expect(sum).toBeLessThanOrEqual(20)
  }
})
