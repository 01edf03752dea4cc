import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { programName } from './program-name.ts'

test.each([
  ['../../../services/orders/src/main.ts', 'orders'],
  ['../../../services/standalone/src/processes/main.ts', 'standalone'],
  ['./otel.ts', 'service'],
])('%s belongs to %s', (program, name) => {
  expect(programName(fileURLToPath(new URL(program, import.meta.url)))).toBe(name)
})

test('a program outside of any package has no name', () => {
  expect(programName('/nowhere/main.ts')).toBeUndefined()
  expect(programName(undefined)).toBeUndefined()
})
