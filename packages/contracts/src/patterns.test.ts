import { type DescField, getOption, hasOption } from '@bufbuild/protobuf'
import { analyse } from 'scslre'
import { expect, test } from 'vitest'
import { field as rules } from '../gen/buf/validate/validate_pb.ts'
import { registry } from './index.ts'

const patternOf = (field: DescField): readonly string[] => {
  const type = hasOption(field, rules) ? getOption(field, rules).type : undefined
  return type?.case === 'string' && type.value.pattern ? [type.value.pattern] : []
}
const fields = [...registry].flatMap((type) => (type.kind === 'message' ? type.fields : []))
const patterns = [...new Set(fields.flatMap(patternOf))]

const superLinear = (pattern: string): readonly string[] =>
  analyse({ source: pattern, flags: 'u' }).reports.map(({ type }) => type)

test('a pattern that tries every way through a text is found', () => {
  expect(superLinear(String.raw`^\s*a[^;]*\s*$`)).toEqual(['Trade'])
})

// The rules of the linter see the patterns in code; these stand in the contract and are compiled from there.
test.each(patterns)('the pattern %s of the contract takes linear time', (pattern) => {
  expect(superLinear(pattern)).toEqual([])
})
