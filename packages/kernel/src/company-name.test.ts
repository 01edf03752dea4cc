import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { companyKey as nameKey } from './company-name.ts'

const latin = fc.constantFrom('Acme', 'Zathunicon', 'Gekko', 'Blue', 'Olive', 'Dynamic', 'Zinc', 'Disco')
const chinese = fc.constantFrom('金桥', '华为', '上海', '机电', '东方', '集团', '贸易')
const words = fc.array(fc.oneof(latin, chinese), { minLength: 1, maxLength: 5 })
const forms = fc.constantFrom(
  ' Ltd',
  ', Inc.',
  ' Co., Ltd.',
  ' L.L.C.',
  ' GmbH',
  ' CORPORATION',
  '有限公司',
  '股份有限公司',
  '（有限公司）',
)

/** ＡＢＣ for ABC, as typed on a Chinese keyboard. */
const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000')

describe('R69: two spellings of one company name have one key', () => {
  test.each([
    ['ＡＣＭＥ (China) Co., Ltd.', 'acmechina'],
    ['上海 金桥（集团）有限公司', '上海金桥集团'],
    ['上海金桥集团', '上海金桥集团'],
    ['Y-corporation', 'ycorporation'],
    ['Zinc', 'zinc'],
    ["O'Neill & Co", 'oneill'],
    ['3M 公司', '3m'],
    ['Müller GmbH', 'müller'],
    ['華為技術有限公司', '华为技术'],
    ['臺灣積體電路製造股份有限公司', '台湾积体电路制造'],
    ['葛\u{E0100}西商贸公司', '葛西商贸'],
    ['C# Ltd', 'c#'],
    ['C++ Ltd', 'c++'],
    ['株式会社日立製作所', '日立制作所'],
    ['日立製作所株式會社', '日立制作所'],
    ['㈱日立製作所', '日立制作所'],
    ['トヨタ自動車（株）', 'トヨタ自动车'],
    ['주식회사 삼성전자', '삼성전자'],
    ['삼성전자㈜', '삼성전자'],
    ['Petronas Sdn. Bhd.', 'petronas'],
    ['Sony K.K.', 'sony'],
    ['Tata Private Limited', 'tata'],
    ['上海金桥（有限合伙）', '上海金桥'],
  ])('%s → %s', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })

  test('a name of nothing but a legal form or signs still has a key', () => {
    expect(nameKey('有限公司')).toBe('有限公司')
    expect(nameKey('株式会社')).toBe('株式会社')
    expect(nameKey('㈱')).toBe('(株)'.replace(/[()]/g, ''))
    expect(nameKey('Co., Ltd.')).not.toBe('')
    expect(nameKey(' !! ')).toBe('!!')
  })

  test('width, case, spaces and punctuation do not matter', () => {
    fc.assert(
      fc.property(words, fc.constantFrom(' ', '  ', '-', '·', ', ', ' & ', '（'), (parts, between) => {
        const plain = nameKey(parts.join(' '))
        expect(nameKey(parts.join(between))).toBe(plain)
        expect(nameKey(parts.join(' ').toUpperCase())).toBe(plain)
        expect(nameKey(fullWidth(parts.join(' ')))).toBe(plain)
        expect(nameKey(` ${parts.join(' ')}。`)).toBe(plain)
      }),
    )
  })

  test('a legal form at the end does not matter, nor do two', () => {
    fc.assert(
      fc.property(words, forms, forms, (parts, form, another) => {
        const name = parts.join(' ')
        expect(nameKey(name + form)).toBe(nameKey(name))
        expect(nameKey(name + form + another)).toBe(nameKey(name))
      }),
    )
  })

  test('other words make another key', () => {
    fc.assert(
      fc.property(words, words, (left, right) => {
        fc.pre(left.join('').toLowerCase() !== right.join('').toLowerCase())
        expect(nameKey(left.join(' '))).not.toBe(nameKey(right.join(' ')))
      }),
    )
  })
})
