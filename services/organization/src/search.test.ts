import { expect, test } from 'vitest'
import { queryKeys, searchKeys } from './search.ts'

const finds = (query: string, name: string): boolean => {
  const keys = searchKeys(name)
  return queryKeys(query).every((key) => keys.includes(key))
}

test.each([
  ['雷', '李雷', true],
  ['华东一组', '华东一组', true],
  ['东一', '华东一组', true],
  ['华一', '华东一组', false],
  ['dust', 'Dustin Brinkmann', true],
  ['brink DUS', 'Dustin Brinkmann', true],
  ['ustin', 'Dustin Brinkmann', false],
])('"%s" in "%s": %s', (query, name, expected) => expect(finds(query, name)).toBe(expected))
