import { expect, test } from 'vitest'
import { portions } from './portions.ts'

const message = (key: string, bytes: number) => ({ key, value: new Uint8Array(bytes), headers: {} })
const keys = (all: ReturnType<typeof portions>) => all.map((portion) => portion.map(({ key }) => key).join(''))

test('messages go together up to half a megabyte, in their order; a larger one goes alone', () => {
  const kilobytes = (key: string, size: number) => message(key, size * 1024)
  expect(keys(portions([]))).toEqual([''])
  expect(keys(portions([kilobytes('a', 200), kilobytes('b', 312), kilobytes('c', 1), kilobytes('d', 1)]))).toEqual([
    'ab',
    'cd',
  ])
  expect(keys(portions([kilobytes('a', 1), kilobytes('b', 900), kilobytes('c', 1)]))).toEqual(['a', 'b', 'c'])
})
