import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchFilter, searchKeys } from './search-keys.ts'

const finds = (query: string, text: string): boolean => {
  const keys = new Set(searchKeys(text))
  const { $and: asked } = searchFilter(query) as { readonly $and: readonly { readonly searchKeys: string }[] }
  return asked.every(({ searchKeys: key }) => keys.has(key))
}

describe('finding by text (decisions 40)', () => {
  test.each([
    ['金桥', '上海金桥集团'],
    ['桥', '上海金桥集团'],
    ['shjq', '上海金桥集团'],
    ['SH', '上海 3M'],
    ['上海金桥', '上海金桥集团'],
    ['gek', 'Gekko & Co'],
    ['ＧＥＫＫＯ', 'Gekko & Co'],
    ['oil gen', 'Genco Pura Olive Oil Company'],
    ['3m 上', '上海 3M'],
    ['雷', '李雷'],
    ['brink DUS', 'Dustin Brinkmann'],
    ['internationalization', 'Internationalization Partners'],
    ['yh', '银行'],
    ['cqyh', '重慶銀行'],
    ['cc', '长城汽车'],
    ['华为', '華為技術'],
    ['華為', '华为技术'],
    ['zgf', '曾国藩'],
    ['葛西', '葛\u{E0100}西'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true)
  })

  test.each([
    ['金海', '上海金桥集团'],
    ['ekko', 'Gekko & Co'],
    ['gekko x', 'Gekko & Co'],
    ['jq', '上海金桥集团'],
    ['华一', '华东一组'],
    ['ustin', 'Dustin Brinkmann'],
  ])('%s does not find %s', (query, text) => {
    expect(finds(query, text)).toBe(false)
  })

  test('a text is found by each beginning of its words and each span of its Chinese', () => {
    const word = fc.constantFrom('Acme', '上海', '金桥集团', 'Zathunicon', '3M')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (parts, which, length) => {
        const part = parts[which % parts.length] ?? ''
        expect(finds(part.slice(0, 1 + (length % part.length)), parts.join(' '))).toBe(true)
      }),
    )
  })

  test('several texts are found by the words of each', () => {
    const keys = searchKeys('MG-Special', '特级', 'MG')
    for (const key of ['mg', 'spe', '特级', 'tj']) expect(keys).toContain(key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each([' .,! ', '%', '%25', '_', '*', '.*', '$', '\u200B', '\u3164'])('%j finds nothing', (query) => {
    const texts = ['Gekko & Co', '上海金桥集团', '100 % Baumwolle', '*', 'constructor']
    expect(texts.filter((text) => finds(query, text))).toEqual([])
  })

  test('no query asks for all', () => {
    expect(searchFilter('')).toEqual({})
  })
})
