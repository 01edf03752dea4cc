import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

type Line = {
  readonly msg: string
  readonly trace_id: string
  readonly expected: string
  readonly correlationId?: string
}

test('with nothing set but the import, lines carry their trace, and a reaction goes on with the trace of its event', () => {
  const printed = execFileSync(process.execPath, ['--import', './src/otel.ts', 'test/otel-program.ts'], {
    cwd: PACKAGE,
    encoding: 'utf8',
  })
  const [inside, reacting] = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  expect(inside?.trace_id).toMatch(/^[\da-f]{32}$/)
  expect(inside?.trace_id).toBe(inside?.expected)
  expect(reacting).toMatchObject({ msg: 'reacting', trace_id: reacting?.expected, correlationId: 'request-1' })
})
