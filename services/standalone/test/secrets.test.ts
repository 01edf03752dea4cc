import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aFolder, ended, running } from './programs.ts'

const empty = (data: string) => ['main.ts', '--data', data, '--port', '0', '--empty'] as const

const stoppedOnce = async (): Promise<string> => {
  const data = aFolder()
  await (await running(...empty(data))).end('SIGTERM')
  return data
}

test('a used folder whose key is missing, or is another one, is refused in a sentence, and no key is made', async () => {
  const data = await stoppedOnce()
  const key = join(data, 'secret.key')
  renameSync(key, `${key}.kept`)
  const missing = `Saleswright did not start: ${key} is missing, and what is stored is sealed with it: put it back from where you keep it.\n`
  for (const program of ['main.ts', 'processes/main.ts'])
    expect(await ended(program, '--data', data, '--port', '0', '--empty')).toMatchObject({ error: missing, code: 1 })
  expect(existsSync(key)).toBe(false)

  const bytes = Buffer.from(readFileSync(`${key}.kept`, 'utf8').trim(), 'base64')
  bytes[7] = bytes.readUInt8(7) ^ 1
  for (const wrong of [bytes.toString('base64'), 'c2hvcnQ=', '']) {
    writeFileSync(key, `${wrong}\n`)
    expect(await ended(...empty(data))).toMatchObject({
      error: `Saleswright did not start: ${key} is not the key that the store was sealed with: put that one back.\n`,
      code: 1,
    })
  }

  renameSync(`${key}.kept`, key)
  expect(await (await running(...empty(data))).end('SIGTERM')).toMatchObject({ code: 0, error: '' })
})

test('a used folder whose whole store is gone is refused in a sentence, until its key is removed', async () => {
  const data = await stoppedOnce()
  rmSync(join(data, 'mongo'), { recursive: true })
  const key = join(data, 'secret.key')
  for (let start = 0; start < 2; start++)
    expect(await ended(...empty(data))).toMatchObject({
      error: `Saleswright did not start: ${key} is there, but nothing is stored: restore the store that it belongs to, or remove the key to begin anew.\n`,
      code: 1,
    })
  rmSync(key)
  expect(await (await running(...empty(data))).end('SIGTERM')).toMatchObject({ code: 0, error: '' })
})

test('a used folder without one of its files is refused in a sentence, and nothing is made in its place', async () => {
  const data = await stoppedOnce()
  const name = join(data, 'mongo', 'store.sqlite')
  rmSync(name)
  expect(await ended(...empty(data))).toEqual({
    out: '',
    error: expect.stringMatching(/^Saleswright did not start: .* is missing; .* restore a backup, or .*salvage"\.\n$/),
    code: 1,
  })
  expect(existsSync(name)).toBe(false)
})
