import { type DescField, getOption, hasOption, ScalarType } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { field as rules } from '../gen/buf/validate/validate_pb.ts'
import { fieldName, sentFields } from './sent-fields.ts'

const RATE = /(^|_)(rates?|shares?|percent(age)?|ratio|discount|probability|margin|weight)(_|$)/

const rates = sentFields.filter((field) => RATE.test(field.name) && !field.message)

const patternOf = (field: DescField): string => {
  const type = hasOption(field, rules) ? getOption(field, rules).type : undefined
  return type?.case === 'string' ? (type.value.pattern ?? '') : ''
}

test('requests have rates, and no number of a request is a float', () => {
  expect(rates.map(fieldName)).toEqual(
    expect.arrayContaining(['CreateProductRequest.tax_rate', 'UpdateProductRequest.tax_rate', 'Tier.rate']),
  )
  const floats = sentFields.filter(({ scalar }) => scalar === ScalarType.FLOAT || scalar === ScalarType.DOUBLE)
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
