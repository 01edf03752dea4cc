import { expect, test } from 'vitest'
import { wordOf } from './word.ts'

test('a number has its word, and the one that says nothing has none', () => {
  const words = { open: 1, closed: 2 }
  expect([1, 2, 0, 3, undefined].map((value) => wordOf(words, value))).toEqual([
    'open',
    'closed',
    undefined,
    undefined,
    undefined,
  ])
})
