import { setTimeout as wait } from 'node:timers/promises'
import { actualFigures } from './actual.ts'
import { dealsIn } from './deals.ts'
import { differences, expectedFigures } from './figures.ts'
import { reader, runImport, startProgram, treeMemory } from './platform.ts'

export type CheckOptions = {
  readonly folder: string
  /** Where the platform keeps its data. */
  readonly data: string
  /** Opportunity ids that must be rejected. */
  readonly bad?: ReadonlySet<string>
}

export type Checked = {
  readonly differences: readonly string[]
  readonly figures: number
  readonly printed: string
  /** Of the import that ran again when everything was there. */
  readonly again: string
  readonly importSeconds: number
  /** Until everything was published and every consumer had had it. */
  readonly drainedSeconds: number
  readonly peakMebibytes: number
}

const PATIENCE_SECONDS = 180
const ASK_EVERY_MS = 200
const seconds = (since: number): number => (performance.now() - since) / 1000

/** Imports a folder into an empty platform and holds every figure against the files; then imports it once more. */
export const checkImport = async ({ folder, data, bad }: CheckOptions): Promise<Checked> => {
  const expected = expectedFigures(dealsIn(folder, bad))
  const program = await startProgram(data)
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, treeMemory(program.process.pid ?? 0))
  }, 500)
  try {
    const started = performance.now()
    const { printed, code } = await runImport(program, data, folder)
    if (code !== 0) throw new Error(`the import ended with ${code}\n${printed}`)
    const importSeconds = seconds(started)
    while (!(await program.drained())) {
      if (seconds(started) > importSeconds + PATIENCE_SECONDS) throw new Error('the consumers do not come to an end')
      await wait(ASK_EVERY_MS)
    }
    const drainedSeconds = seconds(started)
    const get = reader(program, data)
    let found = differences(expected, await actualFigures(get))
    const again = await runImport(program, data, folder)
    found = [...found, ...differences(expected, await actualFigures(get))]
    return {
      differences: [...new Set(found)],
      figures: expected.size,
      printed,
      again: again.printed,
      importSeconds,
      drainedSeconds,
      peakMebibytes: peak,
    }
  } finally {
    clearInterval(watching)
    await program.end('SIGTERM')
  }
}
