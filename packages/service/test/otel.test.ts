import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

test('a line inside a span carries its trace, with nothing set but the import', () => {
  const printed = execFileSync(process.execPath, ['--import', './src/otel.ts', 'test/otel-program.ts'], {
    cwd: PACKAGE,
    encoding: 'utf8',
  })
  const { trace_id, expected } = JSON.parse(printed) as { trace_id: string; expected: string }
  expect(trace_id).toMatch(/^[\da-f]{32}$/)
  expect(trace_id).toBe(expected)
})
