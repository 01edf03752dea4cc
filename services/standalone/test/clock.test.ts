import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newcomer } from './newcomer.ts'
import { aFolder, runningWith } from './programs.ts'

const PRELOAD = new URL('clock-step.ts', import.meta.url).href

test.each([
  { days: 45, what: 'set forward by 45 days' },
  { days: -1, what: 'set back by a day' },
])('F13: a clock that is $what stops no command, and no stop', async ({ days }) => {
  const step = join(aFolder(), 'step')
  const variables = { NODE_OPTIONS: `--import ${PRELOAD}`, STEP_FILE: step, STEP_DAYS: String(days) }
  const data = aFolder()
  const platform = await runningWith(variables, 'main.ts', '--data', data, '--port', '0', '--empty')
  const somebody = newcomer(platform.address, data)
  await somebody.setUp()
  writeFileSync(step, '')
  // Until every thread has seen it, and the jobs look again.
  await wait(1_500)
  await somebody.signIn()
  expect(await somebody.ask('GET', '/v1/products')).toMatchObject({ status: 200 })
  expect(await platform.end('SIGTERM')).toMatchObject({ code: 0 })
})
