import { expect, test } from 'vitest'
import { newcomer } from './newcomer.ts'
import { aFolder, ended, running } from './programs.ts'

const NEW = 'a dozen green bottles'

test.each(['main.ts', 'processes/main.ts'])(
  'beside %s the operator makes the link that an owner sets the password with',
  async (file) => {
    const data = aFolder()
    const platform = await running(file, '--data', data, '--port', '0', '--empty')
    await newcomer(platform.address, data).setUp()
    const command = (...args: readonly string[]) => ended('password-link.ts', ...args, '--data', data)
    const { out, code } = await command('root', '--url', platform.address)
    const { pathname, hash } = new URL(out.trim())
    expect([code, pathname]).toEqual([0, '/password-setup'])
    const post = (path: string, body: object) =>
      fetch(new URL(path, platform.address), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await post(`/v1/password-setups/${hash.slice(1)}`, { password: NEW })).status).toBe(200)
    expect((await post('/v1/sessions', { accountName: 'root', password: NEW })).status).toBe(201)
    expect(await command('nobody')).toMatchObject({
      out: '',
      error: expect.stringMatching(/^No link was made: /),
      code: 1,
    })
    await platform.end('SIGTERM')
    expect(await command('root')).toMatchObject({
      out: '',
      error: expect.stringMatching(/^No link was made: /),
      code: 1,
    })
  },
)
