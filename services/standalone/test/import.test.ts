import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { actualFigures } from '../check/actual.ts'
import { dealsIn } from '../check/deals.ts'
import { differences, expectedFigures, type Figures } from '../check/figures.ts'
import { checkImport } from '../check/import-check.ts'
import { makeUp } from '../check/made-up.ts'
import { type Program, reader, runImport, startProgram } from '../check/platform.ts'
import { aFolder } from './programs.ts'

const REJECTED = [
  /rejected sales_pipeline\.csv:\d+ sales_agent "Nobody Known"/,
  /rejected sales_pipeline\.csv:\d+ close_value "-500"/,
  /rejected sales_pipeline\.csv:\d+ close_date "2017-02-30"/,
  /rejected sales_pipeline\.csv:\d+ deal_stage/,
  /rejected sales_pipeline\.csv:\d+ product "GTX Unheard"/,
]

test('400 rows come out to the cent everywhere, bad rows are named by line and column, and a second run creates nothing', async () => {
  const made = makeUp(join(aFolder(), 'crm'), 400)
  const checked = await checkImport({ ...made, data: aFolder() })
  expect(checked.differences).toEqual([])
  for (const rejected of REJECTED) expect(checked.printed).toMatch(rejected)
  expect(checked.printed).toMatch(/sales_pipeline\.csv +405 +400 +0 +0 +5 /)
  expect(checked.again).toMatch(/together +\d+ +0 +436 +0 +5 /)
})

type State = { readonly imports: readonly { readonly status: string; readonly counts: readonly { read: string }[] }[] }

const importsAt = async (program: Program, data: string): Promise<State['imports']> =>
  (await reader(program, data)<State>('/v1/imports')).imports

const rowsRead = (imports: State['imports']): number =>
  imports.flatMap(({ counts }) => counts).reduce((sum, { read }) => sum + Number(read), 0)

const settled = async (program: Program, data: string, expected: Figures): Promise<readonly string[]> => {
  const get = reader(program, data)
  for (;;) {
    const found = differences(expected, await actualFigures(get))
    if (found.length === 0) return found
    await wait(500)
  }
}

test('an import that is killed half-way goes on and ends the same, commission included', async () => {
  const { folder, bad } = makeUp(join(aFolder(), 'crm'), 120)
  const data = aFolder()
  const first = await startProgram(data)
  const cut = runImport(first, data, folder)
  await expect
    .poll(async () => rowsRead(await importsAt(first, data).catch(() => [])), { timeout: 60_000 })
    .toBeGreaterThan(60)
  await first.end('SIGKILL')
  expect((await cut).code).toBe(1)
  const second = await startProgram(data)
  try {
    await expect
      .poll(async () => (await importsAt(second, data)).map(({ status }) => status), { timeout: 90_000 })
      .toEqual(['DONE'])
    expect(rowsRead(await importsAt(second, data))).toBe(rowsIn(folder))
    expect(await settled(second, data, expectedFigures(dealsIn(folder, bad)))).toEqual([])
  } finally {
    await second.end('SIGTERM')
  }
})

const rowsIn = (folder: string): number =>
  ['sales_teams', 'products', 'accounts', 'sales_pipeline'].reduce(
    (sum, name) =>
      sum +
      readFileSync(join(folder, `${name}.csv`), 'utf8')
        .trim()
        .split('\n').length -
      1,
    0,
  )
