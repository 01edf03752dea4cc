import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { codeKey, nameKey, readText } from './text.ts'

test.each([
  ['blanks around it go', 'line', ' \u00a0\u3000Acme ltd\u3000 ', 'Acme ltd'],
  ['composed and decomposed letters are one', 'line', 'Cafe\u0301', 'Caf\u00e9'],
  ['width and case of a line stay', 'line', 'Ａｃｍｅ', 'Ａｃｍｅ'],
  ['lines end in one way', 'lines', 'first\r\n\tsecond\n', 'first\n\tsecond'],
  ['a variant of a Chinese character stays', 'line', '葛\u{E0100}西', '葛\u{E0100}西'],
  ['a picture of several characters stays', 'line', '👩\u200D🔧❤\uFE0F', '👩\u200D🔧❤\uFE0F'],
  ['a joiner between letters of a script that joins stays', 'line', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ['a code is kept in capitals and half width', 'code', ' ｐｕｍｐ－01 ', 'PUMP-01'],
  ['dashes of a code are one', 'code', 'pump\u201301', 'PUMP-01'],
  [
    'a UUID is kept in lower case',
    'id',
    '0197F3A0-6D2E-7C41-9B53-2F8A4C6E1D70',
    '0197f3a0-6d2e-7c41-9b53-2f8a4c6e1d70',
  ],
  [
    'a UUID within an id too, and nothing else',
    'id',
    'Orders/0197F3A0-6D2E-7C41-9B53-2F8A4C6E1D70',
    'Orders/0197f3a0-6d2e-7c41-9b53-2f8a4c6e1d70',
  ],
  ['what is verbatim stays as it is', 'verbatim', ' pass\u200Bword ', ' pass\u200Bword '],
  ['an empty text says nothing', 'line', '', ''],
] as const)('%s', (_, form, sent, text) => {
  expect(readText(sent, form)).toEqual({ text })
})

test.each([
  ['blanks', 'line', ' \t\u3000', { rule: 'text.blank', character: '' }],
  ['a blank code', 'code', ' ', { rule: 'text.blank', character: '' }],
  ['a line break on one line', 'line', 'first\nsecond', { rule: 'text.control', character: 'U+000A' }],
  ['a tab on one line', 'line', 'first\tsecond', { rule: 'text.control', character: 'U+0009' }],
  ['an escape character on several lines', 'lines', 'first\n\u001b[31m', { rule: 'text.control', character: 'U+001B' }],
  ['half of a surrogate pair', 'line', 'a\ud800', { rule: 'text.control', character: 'U+D800' }],
  ['a zero-width space', 'line', 'Ac\u200Bme', { rule: 'text.invisible', character: 'U+200B' }],
  ['a soft hyphen in a code', 'code', 'PUMP\u00AD-01', { rule: 'text.invisible', character: 'U+00AD' }],
  ['a direction override', 'lines', 'a\u202Eb', { rule: 'text.invisible', character: 'U+202E' }],
  [
    'a Hangul filler, which is a letter that nobody sees',
    'line',
    '\u3164',
    { rule: 'text.invisible', character: 'U+3164' },
  ],
  ['a Braille blank', 'line', '\u2800', { rule: 'text.invisible', character: 'U+2800' }],
  ['a variation selector on a letter', 'line', 'A\uFE0F', { rule: 'text.invisible', character: 'U+FE0F' }],
  ['a joiner between Latin letters', 'line', 'Ac\u200Dme', { rule: 'text.invisible', character: 'U+200D' }],
  ['a variation selector in a code', 'code', '泵\u{E0100}', { rule: 'text.invisible', character: 'U+E0100' }],
] as const)('%s is refused by its name', (_, form, sent, fault) => {
  expect(readText(sent, form)).toEqual(fault)
})

const anyText = fc.string({ unit: 'binary', maxLength: 30 })

describe('for any text', () => {
  test.each(['line', 'lines', 'code', 'id', 'verbatim'] as const)('a %s that was read reads as itself', (form) => {
    fc.assert(
      fc.property(anyText, (sent) => {
        const read = readText(sent, form)
        if ('text' in read) expect(readText(read.text, form)).toEqual(read)
      }),
      { numRuns: 2000 },
    )
  })

  test('the keys of codes and names are their own keys', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(codeKey(codeKey(text))).toBe(codeKey(text))
        expect(nameKey(nameKey(text))).toBe(nameKey(text))
      }),
      { numRuns: 2000 },
    )
  })
})

test('a name is compared without case, width, blanks, invisible characters and traditional characters', () => {
  expect(nameKey(' Ｓａｌｅｓ  \u200BNorth ')).toBe(nameKey('sales north'))
  expect(nameKey('销售\u{E0100}部')).toBe(nameKey('銷售部'))
})

test('a long text is read in time that grows with its length alone', () => {
  const began = performance.now()
  for (const text of [`${'\u3000'.repeat(200_000)}é`, `${'❤\uFE0F'.repeat(100_000)}é`, 'é'.repeat(200_000)]) {
    readText(text, 'lines')
    readText(text, 'code')
    nameKey(text)
  }
  expect(performance.now() - began).toBeLessThan(2000)
})
