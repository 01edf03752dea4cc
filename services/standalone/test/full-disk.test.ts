import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mayMount, smallDisk } from '@saleswright/embedded/small-disk'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../src/processes/ports.ts'
import { ended, running } from './programs.ts'

/** Takes all the room that a disk has left, to the last block. */
const fill = (disk: string): (() => void) => {
  const filler = join(disk, 'filler')
  for (const bytes of [1024 * 1024, 4096]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' })
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
    }
  }
  return () => rmSync(filler)
}

describe.skipIf(!mayMount)('F14: a full disk under the whole platform (needs the right to mount a tmpfs)', () => {
  test('turns both /readyz red until there is room, and a start is refused in the same sentence each time', async () => {
    const disk = smallDisk(48)
    const args = ['main.ts', '--data', join(disk, 'data'), '--port', '0', '--empty'] as const
    onTestFinished(() => void vi.unstubAllEnvs())
    const port = await freePort(0)
    vi.stubEnv('OPERATOR_PORT', String(port))
    const platform = await running(...args)
    const pages = async () => {
      const [operators, edge] = await Promise.all([
        fetch(`http://127.0.0.1:${port}/readyz`),
        fetch(`${platform.address}/readyz`),
      ])
      return [operators.status, await operators.text(), edge.status]
    }
    await expect.poll(pages).toEqual([200, 'ready\n', 200])
    let makeRoom = fill(disk)
    const full = 'the disk of the database is full: nothing can be written\n'
    await expect.poll(pages, { timeout: 30_000 }).toEqual([503, expect.stringContaining(full), 503])
    makeRoom()
    await expect.poll(pages, { timeout: 30_000 }).toEqual([200, 'ready\n', 200])
    expect(await platform.end('SIGTERM')).toMatchObject({ code: 0 })

    makeRoom = fill(disk)
    for (let start = 0; start < 2; start++)
      expect(await ended(...args)).toEqual({
        out: '',
        error: expect.stringMatching(/^Saleswright did not start: No disk space is left: .*\.\n$/),
        code: 1,
      })
    makeRoom()
    expect(await (await running(...args)).end('SIGTERM')).toMatchObject({ code: 0, error: '' })
  })

  test('that never had room for the files refuses the first start, and the one after it', async () => {
    const disk = smallDisk(1)
    const makeRoom = fill(disk)
    rmSync(join(disk, 'filler'))
    writeFileSync(join(disk, 'filler'), Buffer.alloc(1024 * 1024 - 3 * 4096))
    for (let start = 0; start < 2; start++) {
      const { code, out, error } = await ended('main.ts', '--data', join(disk, 'data'), '--port', '0', '--empty')
      expect({ code, out }, error).toEqual({ code: 1, out: '' })
      expect(error).toMatch(/^Saleswright did not start: .*(full|no room|ENOSPC|no space).*\n$/i)
    }
    makeRoom()
  })
})
