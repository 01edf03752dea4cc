import { registry } from '@saleswright/contracts'
import { expect, test } from 'vitest'
import { bindingsOf, publicPath } from '../src/edge/bindings.ts'
import { aCompany } from './company.ts'
import type { Answer } from './http.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'

const platform = await startPlatform(EVERY_SERVICE)
const { http } = await platform.open()
const { root } = await aCompany(http)

const bindings = bindingsOf([...registry].flatMap((type) => (type.kind === 'service' ? [type] : [])))
const NO_ID = '0197f3a0-6d2e-7c41-9b53-2f8a4c6e1d70'
const urlOf = (binding: (typeof bindings)[number]) => publicPath(binding).replaceAll(/\{\w+\}/g, NO_ID)

/** What every object of JavaScript answers for, asked for or not. */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
const fieldsOf = ({ json }: Answer): readonly string[] =>
  json.violations.map(({ field }: { readonly field: string }) => field)

const lists = bindings.filter(({ verb, method, pathFields }) => {
  const names = method.input.fields.map(({ name }) => name)
  return verb === 'GET' && names.includes('order_by') && pathFields.length === 0
})
/** A context that is there, where a list needs one. */
const queryOf = ({ method }: (typeof bindings)[number]): string =>
  method.input.fields.some(({ name }) => name === 'context') ? 'context=orders&' : ''

test('there are lists to ask', () => {
  expect(lists.length).toBeGreaterThan(28)
})

test.each(lists.map((binding) => [publicPath(binding), binding] as const))(
  '%s is ordered by no name that every object has, and says what it can be ordered by',
  async (_, binding) => {
    for (const name of NAMES.flatMap((one) => [one, `-${one}`])) {
      const answer = await http.get(`${urlOf(binding)}?${queryOf(binding)}orderBy=${name}`, root)
      expect([name, answer.status, answer.json.code]).toEqual([name, 400, 'bad_order_by'])
      const [violation] = answer.json.violations
      expect(violation).toMatchObject({ field: 'orderBy', rule: 'bad_order_by' })
      for (const order of violation.message.match(/(?<=: )[a-zA-Z, ]+(?= \()/)?.[0].split(', ') ?? []) {
        const ordered = await http.get(`${urlOf(binding)}?${queryOf(binding)}orderBy=${order}`, root)
        expect([order, ordered.status]).toEqual([order, 200])
      }
    }
  },
)

test.each(
  bindings
    .filter(({ access }) => !access.public)
    .map((binding) => [binding.verb, publicPath(binding), binding] as const),
)('%s %s knows no parameter, field or value by a name that every object has', async (verb, _, binding) => {
  const url = urlOf(binding)
  if (!binding.hasBody) {
    for (const name of NAMES)
      expect([name, (await http.call(verb, `${url}?${name}=1`, { token: root })).status]).toEqual([name, 400])
  } else {
    const body = `{${NAMES.map((name) => `"${name}":"constructor"`).join(',')}}`
    const answer = await http.call(verb, url, {
      token: root,
      key: 'names',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(NAMES))
  }
  const enums = binding.method.input.fields.filter((field) => field.enum && field.fieldKind === 'enum')
  for (const { jsonName } of enums) {
    const sent = binding.hasBody ? { body: { [jsonName]: 'constructor' }, key: 'enums' } : {}
    const path = binding.hasBody ? url : `${url}?${jsonName}=constructor`
    const answer = await http.call(verb, path, { token: root, ...sent })
    expect([jsonName, answer.status, fieldsOf(answer).includes(jsonName)]).toEqual([jsonName, 400, true])
  }
})
