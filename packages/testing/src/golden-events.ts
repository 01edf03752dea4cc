import { type DescMessage, fromBinary, type JsonValue, toBinary, toJson } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

/** By the short name of the type: an event as it was stored once, base64, and what it says, protobuf JSON. */
export type GoldenEvents = Readonly<Record<string, { readonly bytes: string; readonly says: JsonValue }>>

/**
 * What was stored once must be readable for ever (decisions 21): the bytes of each type say what they ever said, they are written as
 * ever, and no type is without them. `golden` never changes; a new field of a type comes behind what is there.
 */
export const testGoldenEvents = (types: readonly DescMessage[], golden: GoldenEvents): void => {
  test.each(types)('$name says what it ever said, and is written as ever', (schema) => {
    const { bytes, says } = golden[schema.name] ?? { bytes: '', says: {} }
    const event = fromBinary(schema, Buffer.from(bytes, 'base64'))
    expect(toJson(schema, event)).toEqual(says)
    expect(Buffer.from(toBinary(schema, event)).toString('base64')).toBe(bytes)
  })

  test('every event of this service has its bytes here', () => {
    expect(types.map(({ name }) => name).toSorted()).toEqual(Object.keys(golden).toSorted())
  })
}
