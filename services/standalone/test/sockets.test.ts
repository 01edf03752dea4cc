import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aFolder, ended, running } from './programs.ts'

test.each(['main.ts', 'processes/main.ts'])(
  '%s takes its sockets along when it stops, and nobody else does',
  async (file) => {
    const [data, temporary] = [aFolder(), aFolder()]
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const folders = () => readdirSync(temporary).filter((name) => /^saleswright-\d+-/.test(name))
    const platform = await running(file, '--data', data, '--port', '0', '--empty')
    const [sockets = ''] = folders()
    const there = readdirSync(join(temporary, sockets))
    expect(there).toEqual(expect.arrayContaining(['kafka.sock', 'mongo.sock']))
    expect(await ended('main.ts', '--data', data, '--port', '0')).toMatchObject({ code: 1 })
    expect(readdirSync(join(temporary, sockets))).toEqual(there)
    expect(await platform.end('SIGTERM')).toMatchObject({ code: 0, error: '' })
    expect(folders()).toEqual([])
  },
)
