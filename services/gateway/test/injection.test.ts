import { type DescField, ScalarType } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { type Binding, bindingsOf } from '../src/edge/bindings.ts'
import { aCompany } from './company.ts'
import { contracts, EVERY_SERVICE, startPlatform } from './platform.ts'
import { aWorld } from './world.ts'

const commands: object[] = []
const platform = await startPlatform(EVERY_SERVICE, { watch: (command) => commands.push(command) })
const { http } = await platform.open()
const company = await aCompany(http)
const world = await aWorld(http, company, platform.hosted.drained)

/** In no row; so whatever is found by a text with it in it was not found by that text. */
const MARK = 'zq7xzq7x'
const VALUES = [
  `{"$ne":"${MARK}"}`,
  `{"$gt":"","x":"${MARK}"}`,
  `$where:this.x=='${MARK}'||true`,
  `';return true;//${MARK}`,
  `^(${MARK}|.*)+$`,
  `.*${MARK}|.*`,
  `${MARK}\u0000`,
  `__proto__${MARK}`,
  `$${MARK}`,
]
const NAMES = ['[$ne]', '[$gt]', '[$regex]', '[]', '.$where', '[__proto__]', '[constructor][prototype]']

const reads = bindingsOf(contracts).filter(({ verb, access }) => verb === 'GET' && !access.public)
const parametersOf = ({ method, pathFields }: Binding): readonly DescField[] =>
  method.input.fields.filter(({ name }) => !pathFields.includes(name))
const rows = reads.flatMap((binding) =>
  parametersOf(binding).map((field) => [`${binding.path} ${field.jsonName}`, binding, field] as const),
)

const ask = (binding: Binding, name: string, value: string, token = company.root) => {
  const path = binding.path.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
    encodeURIComponent(world.ids[field] ?? (field === 'report' ? 'sales' : 'x')),
  )
  const context =
    binding.method.input.fields.some((field) => field.name === 'context') && name !== 'context' ? '&context=orders' : ''
  return http.get(`${path}?${encodeURIComponent(name)}=${encodeURIComponent(value)}${context}`, token)
}

/** The rows of a page, whatever they are called. */
const itemsOf = (json: object): readonly unknown[] => Object.values(json).find((value) => Array.isArray(value)) ?? []
const isText = (field: DescField) => field.fieldKind === 'scalar' && field.scalar === ScalarType.STRING

describe('F23: an operator as the value of a parameter', () => {
  test.each(rows)('%s', async (_, binding, field) => {
    for (const value of VALUES) {
      const { status, json, text } = await ask(binding, field.jsonName, value)
      expect([status, text]).toEqual([expect.toBeOneOf([200, 400, 404]), expect.any(String)])
      expect(isText(field) || status === 400, text).toBe(true)
      if (status === 200) expect(itemsOf(json), value).toEqual([])
    }
  })
})

describe('F23: an operator in the name of a parameter', () => {
  test.each(rows)('%s', async (_, binding, field) => {
    for (const suffix of NAMES) {
      const { status, json } = await ask(binding, `${field.jsonName}${suffix}`, MARK)
      expect([status, json.violations[0].rule]).toEqual([400, 'unknown_parameter'])
    }
  })
})

test('F23: a partner finds no more by it than without', async () => {
  const own = (await http.get('/v1/orders?pageSize=200', world.other.token)).json.orders
  const list = reads.find(({ path }) => path === '/v1/orders')!
  for (const field of parametersOf(list))
    for (const value of VALUES) {
      const { status, json } = await ask(list, field.jsonName, value, world.mine.token)
      if (status === 200) expect(itemsOf(json)).toEqual([])
      else expect(status).toBe(400)
    }
  expect(own).toHaveLength(1)
})

test('F23: no query of the database has an operator, a pattern or a name from outside', () => {
  const keys = new Set<string>()
  const texts = new Set<string>()
  const patterns: unknown[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
    if (value instanceof RegExp || 'pattern' in value) patterns.push(value)
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) keys.add(key)
      walk(inner)
    }
  }
  for (const command of commands) walk(command)
  expect([...texts].some((text) => text.includes(MARK))).toBe(true)
  expect([...keys].filter((key) => key.includes(MARK))).toEqual([])
  expect([...keys].filter((key) => ['$where', '$expr', '$function', '$regex', '$accumulator'].includes(key))).toEqual(
    [],
  )
  expect(patterns).toEqual([])
})
