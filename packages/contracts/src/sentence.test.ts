import { expect, test } from 'vitest'
import { accessOf } from './access.ts'
import { parametersOf } from './catalog.ts'
import { registry } from './registry.ts'
import { catalogs, knowsCode, ruleSentence, sentence } from './sentence.ts'

const parts = Object.entries(catalogs).flatMap(([context, { sentences, things, statuses }]) =>
  Object.entries({ ...sentences, ...things, ...statuses }).map(([code, text]) => ({ code, context, text })),
)

test.each(parts)('$context: both languages of $code take the same parameters', ({ text }) => {
  expect(new Set(parametersOf(text.en))).toEqual(new Set(parametersOf(text.zh)))
  expect(text.zh).not.toBe('')
  expect(text.en).not.toBe('')
})

test('no code has two sentences', () => {
  const codes = Object.values(catalogs).flatMap(({ sentences }) => Object.keys(sentences))
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})

test('every refusal that a contract names has its words', () => {
  const methods = [...registry].flatMap((type) => (type.kind === 'service' ? type.methods : []))
  const wordless = methods.flatMap((method) => accessOf(method).errors).filter((code) => !knowsCode(code))
  expect(methods.length).toBeGreaterThan(5)
  expect([...new Set(wordless)]).toEqual([])
})

test('every status that a contract names has its word', () => {
  const enums = [...registry].filter((type) => type.kind === 'enum' && ['Status', 'Stage'].includes(type.name))
  const names = enums.flatMap((type) => (type.kind === 'enum' ? type.values.filter(({ number }) => number > 0) : []))
  const words = new Set(Object.values(catalogs).flatMap(({ statuses }) => Object.keys(statuses)))
  const wordless = names.map(({ name }) => name.toLowerCase()).filter((name) => !words.has(name))
  expect(names.length).toBeGreaterThan(5)
  expect([...new Set(wordless)]).toEqual([])
})

test('a sentence is filled with its parameters', () => {
  const error = { code: 'permission_missing', params: { permission: 'orders.ship' } }
  expect(sentence(error, 'en')).toBe('You lack the permission orders.ship.')
  expect(sentence(error, 'zh-CN')).toBe('您没有此操作所需的权限（orders.ship）。')
  expect(sentence({ code: 'permission_missing', params: {} }, 'en')).toBe('You lack the permission ….')
})

test('without the figures that a caller may not read, a refusal has a sentence of its own', () => {
  const said = (params: Readonly<Record<string, string>>) => sentence({ code: 'stock_short', params }, 'en')
  expect(said({ sku: 'A', wanted: '5', available: '3' })).toContain('3')
  expect(said({ sku: 'A', wanted: '5' })).toBe('There is not enough stock of A.')
})

test('what is missing and what has the wrong status is said by the words of its context', () => {
  expect(sentence({ code: 'order_not_found', params: { id: '1' } }, 'zh-CN')).toBe(
    '没有找到这个订单，或者您无权查看它。',
  )
  expect(sentence({ code: 'order_is_draft', params: {} }, 'en')).toBe('The order is a draft; that is not possible now.')
  expect(sentence({ code: 'order_is_draft', params: { what: 'order', to: 'shipped' } }, 'zh-CN')).toBe(
    '该订单的状态是“草稿”，不能变为“已发货”。',
  )
})

test('a code that nobody knows is named as it is', () => {
  expect(sentence({ code: 'moon_is_full', params: {} }, 'en')).toBe('The request was refused (moon_is_full).')
  expect(knowsCode('moon_is_full')).toBe(false)
})

test('a broken field rule is said in both languages, with its numbers', () => {
  const fault = { rule: 'string.min_len', message: 'must be at least 3 characters' }
  expect(ruleSentence(fault, 'zh-CN')).toBe('至少 3 个字符')
  expect(ruleSentence(fault, 'en')).toBe('must have at least 3 characters')
  expect(ruleSentence({ rule: 'own.rule', message: 'must be odd' }, 'zh-CN')).toBe('must be odd')
})
