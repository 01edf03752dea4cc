import { readFileSync } from 'node:fs'
import { fromBinary, type JsonValue, toBinary, toJson } from '@bufbuild/protobuf'
import { file_saleswright_incentives_v1_events as file } from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import { expect, test } from 'vitest'

type Golden = { readonly bytes: string; readonly says: JsonValue }

// What was stored once must be readable for ever (decisions 21): these rows never change. A new field of a type comes behind them.
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL('./events.golden.json', import.meta.url), 'utf8'),
)
const events = file.messages

test.each(events)('$name says what it ever said, and is written as ever', (schema) => {
  const { bytes, says } = golden[schema.name] ?? { bytes: '', says: {} }
  const stored = Buffer.from(bytes, 'base64')
  const event = fromBinary(schema, stored)
  expect(toJson(schema, event)).toEqual(says)
  expect(Buffer.from(toBinary(schema, event)).toString('base64')).toBe(bytes)
})

test('every event of this service has its bytes here', () => {
  expect(events.map(({ name }) => name).toSorted()).toEqual(Object.keys(golden).toSorted())
})
