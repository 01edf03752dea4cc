import { expect, test } from 'vitest'
import { parentFault } from './accounts.ts'

const parents = new Map([
  ['top', ''],
  ['sub', 'top'],
  ['orphan', 'gone'],
  ['below orphan', 'orphan'],
  ['own', 'own'],
  ['left', 'right'],
  ['right', 'left'],
])

test.each([
  ['top', undefined],
  ['sub', undefined],
  ['orphan', 'no such account'],
  ['below orphan', undefined],
  ['own', 'belongs to its own subsidiary'],
  ['left', 'belongs to its own subsidiary'],
])('the parent of %s: %s', (account, fault) => {
  expect(parentFault(parents, account)).toBe(fault)
})
