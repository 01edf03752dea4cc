import { type DescField, ScalarType } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { rulesOf } from './field-rules.ts'
import { fieldName, sentFields } from './sent-fields.ts'

const patternOf = (field: DescField): string => {
  const type = rulesOf(field)?.type
  return type?.case === 'string' ? (type.value.pattern ?? '') : ''
}

const texts = sentFields.filter(({ scalar }) => scalar === ScalarType.STRING)

/** Fields that take what is given, and not any word. */
const taking = (given: string): readonly DescField[] =>
  texts.filter((field) => {
    const form = new RegExp(patternOf(field))
    return form.test(given) && !form.test('a') && !form.test('1')
  })
const days = taking('2024-02-29')
const years = taking('2024')

const BEYOND = ['0000', '0001', '1024', '1899', '2200', '9999']

test('requests have days and years', () => {
  expect(days.length).toBeGreaterThan(40)
  expect(years.map(fieldName)).toContain('CreateTargetPlanRequest.period')
})

const NAMED = /(^|_)(on|from|until|as_of|date|day|valid_from|valid_until|due|since)$/

test('what has the name of a day is one', () => {
  const named = texts.filter((field) => NAMED.test(field.name))
  expect(named.filter((field) => !days.includes(field)).map(fieldName)).toEqual([])
})

test.each([...days, ...years].map((field) => [fieldName(field), field] as const))(
  '%s has a year from 1900 to 2199',
  (_name, field) => {
    const form = new RegExp(patternOf(field))
    const rest = days.includes(field) ? '-01-01' : ''
    expect(BEYOND.filter((year) => form.test(year + rest))).toEqual([])
    expect(['1900', '1999', '2000', '2199'].filter((year) => !form.test(year + rest))).toEqual([])
  },
)
