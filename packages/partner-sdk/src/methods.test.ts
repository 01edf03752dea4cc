import type { DescMethod } from '@bufbuild/protobuf'
import { accessOf, methodName, registry } from '@saleswright/contracts'
import { expect, test } from 'vitest'
import { isListing, METHODS } from './methods.ts'

const open = [...registry]
  .flatMap((type) => (type.kind === 'service' ? type.methods : []))
  .filter((method) => accessOf(method).partners)
const offered = Object.values(METHODS).flatMap((methods) => Object.values(methods) as readonly DescMethod[])

test('a client has what the contracts open to partners, and nothing else', () => {
  expect(offered.map(methodName).toSorted()).toEqual(open.map(methodName).toSorted())
})

test('every list has one list of messages', () => {
  const lists = offered.filter(isListing)
  expect(lists.length).toBeGreaterThan(4)
  for (const { output } of lists) expect(output.fields.filter(({ fieldKind }) => fieldKind === 'list')).toHaveLength(1)
})
