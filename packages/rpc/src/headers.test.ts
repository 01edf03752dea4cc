import { expect, test } from 'vitest'
import { languageOf } from './headers.ts'

test.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['fr', 'zh-CN'],
  ['en', 'en'],
  ['en-GB, zh;q=0.9', 'en'],
  ['zh-TW;q=0.4, EN;q=0.5', 'en'],
  ['en;q=0.4, zh;q=0.5', 'zh-CN'],
  ['fr, en;q=0.1', 'en'],
  ['en;q=0', 'zh-CN'],
  ['en;q=0, zh;q=0', 'zh-CN'],
] as const)('who says %j reads %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
