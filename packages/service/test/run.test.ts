import { expect, test } from 'vitest'
import { startProgram } from './programs.ts'

const aProgram = (fault: string) => startProgram('./run-program.ts', [fault])

test.each(['SIGINT', 'SIGTERM'] as const)('F26: %s stops every part and ends with 0', async (signal) => {
  const { kill, ended, hears } = aProgram('nothing')
  await hears(/started/)
  kill(signal)
  const { code, output } = await ended
  expect(output).toContain('store let go')
  expect(code).toBe(0)
})

test('a part that hangs is named, and the process ends with 1', async () => {
  const { kill, ended, hears } = aProgram('hangs')
  await hears(/started/)
  kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 1, output: expect.stringContaining('relay did not stop within 300 ms') })
})

test('F26: a second signal does not wait', async () => {
  const { kill, ended, hears } = aProgram('hangs for long')
  await hears(/started/)
  kill('SIGTERM')
  await hears(/SIGTERM: stopping/)
  kill('SIGTERM')
  expect((await ended).code).toBe(1)
})

test('a start that fails is logged, undone, and ends with 1', async () => {
  const { ended } = aProgram('refuses')
  const { code, output } = await ended
  expect(output).toMatch(/did not start.*no broker|no broker.*did not start/s)
  expect(output).toContain('store let go')
  expect(code).toBe(1)
})

test('a signal during the start ends it with 0 after undoing it', async () => {
  const { kill, ended, hears } = aProgram('starts slowly')
  await hears(/starting/)
  kill('SIGTERM')
  const { code, output } = await ended
  expect(output).not.toContain('started')
  expect(output).toContain('store let go')
  expect(code).toBe(0)
})

test('a start that never ends does not keep the process from ending', async () => {
  const { kill, ended, hears } = aProgram('never starts')
  await hears(/starting/)
  kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 1, output: expect.stringContaining('did not stop within 300 ms') })
})
