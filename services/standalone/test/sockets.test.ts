import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aFolder, ended, running, temporary } from './programs.ts'

test.each(['main.ts', 'processes/main.ts'])(
  '%s takes its sockets along when it stops, and nobody else does',
  async (file) => {
    const data = aFolder()
    const folders = () => readdirSync(temporary()).filter((name) => /^saleswright-\d+-/.test(name))
    const platform = await running(file, '--data', data, '--port', '0', '--empty')
    const [sockets = ''] = folders()
    const there = readdirSync(join(temporary(), sockets))
    expect(there).toEqual(expect.arrayContaining(['kafka.sock', 'mongo.sock']))
    expect(await ended('main.ts', '--data', data, '--port', '0')).toMatchObject({ code: 1 })
    expect(readdirSync(join(temporary(), sockets))).toEqual(there)
    expect(await platform.end('SIGTERM')).toMatchObject({ code: 0, error: '' })
    expect(folders()).toEqual([])
  },
)
