import { type DescField, type DescMessage, getOption, hasOption, ScalarType } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { field as rules } from '../gen/buf/validate/validate_pb.ts'
import { registry } from './index.ts'

const RATE = /(^|_)(rates?|shares?|percent(age)?|ratio|discount|probability|margin|weight)(_|$)/

const within = (message: DescMessage, seen = new Set<DescMessage>()): ReadonlySet<DescMessage> => {
  if (seen.has(message)) return seen
  seen.add(message)
  for (const { message: inner } of message.fields) if (inner) within(inner, seen)
  return seen
}

const inputs = [...registry].filter((type) => type.kind === 'service').flatMap(({ methods }) => methods)
const sent = new Set(inputs.flatMap(({ input }) => [...within(input)]))
const rates = [...sent].flatMap(({ fields }) => fields).filter((field) => RATE.test(field.name) && !field.message)

const patternOf = (field: DescField): string => {
  const type = hasOption(field, rules) ? getOption(field, rules).type : undefined
  return type?.case === 'string' ? (type.value.pattern ?? '') : ''
}

test('requests have rates, and no number of a request is a float', () => {
  expect(rates.map(({ parent, name }) => `${parent.name}.${name}`)).toEqual(
    expect.arrayContaining(['CreateProductRequest.tax_rate', 'UpdateProductRequest.tax_rate', 'Tier.rate']),
  )
  const floats = [...sent]
    .flatMap(({ fields }) => fields)
    .filter(({ scalar }) => scalar === ScalarType.FLOAT || scalar === ScalarType.DOUBLE)
  expect(floats).toEqual([])
})

test.each(rates.map((field) => [`${field.parent.typeName}.${field.name}`, field] as const))(
  '%s is a share from 0 to 1',
  (_name, field) => {
    const pattern = patternOf(field)
    expect(pattern).not.toBe('')
    const takes = (text: string) => new RegExp(pattern).test(text)
    expect(['0', '0.13', '0.000001'].filter((text) => !takes(text))).toEqual([])
    const beyond = ['13', '1.000001', '2', '10', '-0.1', '-1', '0.0000001', '1e3', '', '.5', '0,5', '00.5']
    expect(beyond.filter(takes)).toEqual([])
  },
)
