import { expect, test } from 'vitest'
import { bearer, languageOf, requestIdOf } from './headers.ts'

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
  ['*, en;q=0.5', 'zh-CN'],
  [`en${' '.repeat(15_500)};x`, 'zh-CN'],
] as const)('who says %j reads %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

/** What made regular expressions try every way through it. */
const ATTACKS = ['en', 'a-', ' ', ';', ',', '=', 'q=', '"', '\t'].flatMap((piece) => [
  `en${piece.repeat(1_000_000)};x`,
  `${piece.repeat(1_000_000)}`,
  `bearer ${piece.repeat(1_000_000)} x`,
])

test('no header takes time that grows faster than its length', () => {
  const started = performance.now()
  for (const attack of ATTACKS) {
    languageOf(attack)
    requestIdOf(attack)
    expect(() => bearer(attack)).toThrow('token_invalid')
  }
  // Quadratic time would be minutes.
  expect(performance.now() - started).toBeLessThan(2_000)
})
