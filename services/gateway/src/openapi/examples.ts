import { type DescField, type DescMessage, getOption, hasOption, ScalarType } from '@bufbuild/protobuf'
import { CLEARED } from '@saleswright/contracts'
import { field as rules } from '@saleswright/contracts/buf/validate/validate_pb.ts'

const ID = '0197f3a0-6d2e-7c41-9b53-2f8a4c6e1d70'

/** Values that a reader recognises, by the name of the field. */
const BY_NAME: ReadonlyMap<string, unknown> = new Map(
  Object.entries({
    amount: '1234.50',
    currency_code: 'CNY',
    quantity: '12',
    sku: 'SW-100',
    business_date: '2026-03-01',
    tax_rate: '0.13',
    rate: '0.03',
    discount_rate: '0.05',
    year: '2026',
    year_established: 1998,
    period: '2026-Q1',
    time_zone: 'Asia/Shanghai',
    country_code: 'CN',
    sha256: 'ab'.repeat(32),
    report: 'sales',
    group_by: 'month',
    class: 'price_under_rep_floor',
    change: '100',
    grants: 'orders.read@subtree',
    credit_code: '91350100M000100Y43',
    until: '2026-12-31',
    valid_until: '2026-12-31',
    password: 'seven quiet rivers',
    current_password: 'seven quiet rivers',
    new_password: 'nine loud mountains',
  }),
)

/** A request or an answer as it may look: made from the contract, so it never says what the contract does not. */
export const exampleOf = (message: DescMessage, depth = 0): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    message.fields
      .filter(({ name }) => name !== CLEARED)
      .map((field) => [field.jsonName, fieldExample(field, depth)] as const)
      .filter(([, value]) => value !== undefined),
  )

const fieldExample = (field: DescField, depth: number): unknown => {
  if (field.name === 'next_page_token') return ''
  if (field.name === 'etag') return '3'
  const one = valueExample(field, depth)
  if (one === undefined) return undefined
  if (field.fieldKind === 'list') return [one]
  return field.fieldKind === 'map' ? { [field.name === 'keys' ? 'month' : 'ordered']: one } : one
}

const MAX_DEPTH = 3

const valueExample = (field: DescField, depth: number): unknown => {
  if (field.message?.typeName === 'google.protobuf.Timestamp') return '2026-03-01T02:00:00.000Z'
  if (field.message) return depth < MAX_DEPTH ? exampleOf(field.message, depth + 1) : undefined
  if (field.enum) return field.enum.values.find(({ number }) => number > 0)?.name
  if (BY_NAME.has(field.name)) return BY_NAME.get(field.name)
  if (field.scalar === ScalarType.BOOL) return true
  if (field.scalar === ScalarType.INT32) return 1
  return field.scalar === ScalarType.INT64 ? '1' : textExample(field)
}

const textExample = (field: DescField): string => {
  const type = hasOption(field, rules) ? getOption(field, rules).type : undefined
  if (/_id$|_ids$|^id$/.test(field.name) || (type?.case === 'string' && type.value.uuid)) return ID
  if (type?.case === 'string' && type.value.email) return 'purchasing@example.com'
  if (/(_on|_from|_until|_date|^from|^until|^to|^on)$/.test(field.name)) return '2026-03-01'
  return field.name.endsWith('_no') ? 'SO-20260301-000123' : field.name.replaceAll('_', ' ')
}
