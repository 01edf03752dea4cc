import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { aFolder } from '../suite/folder.ts'

const MODULE = new URL('fail-points.ts', import.meta.url).href

/** A process that comes to a point five times, and elsewhere in between. */
const program = (note: string) => `
  import { failPoints } from '${MODULE}'
  const { lay, reached } = failPoints('${note}')
  lay({ at: 'point', context: 'orders', point: 'command.written', hit: 3 })
  for (let n = 1; n <= 5; n++) {
    await reached('orders', 'command.committed')
    await reached('customers', 'command.written')
    await reached('orders', 'command.written')
    process.stdout.write(String(n))
  }`

test('a process dies as by loss of power at the hit that was named, and leaves a note', () => {
  const note = join(aFolder(onTestFinished), 'note')
  const died = spawnSync(process.execPath, ['--input-type=module', '-e', program(note)], { encoding: 'utf8' })
  expect(died).toMatchObject({ signal: 'SIGKILL', stdout: '12' })
  expect(readFileSync(note, 'utf8')).toBe('orders command.written 3\n')
})
