import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { loneEdge } from './lone-edge.ts'

const app = await loneEdge()
const address = await app.listen({ host: '127.0.0.1', port: 0 })
afterAll(() => app.close())

test.each(['/docs', '/docs/problems'])('%s loads nothing from elsewhere and has no script inside', async (path) => {
  const { body, headers } = await app.inject(path)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(String(headers['content-security-policy'])).toContain("default-src 'none'; script-src 'self'")
  const wanted = [...body.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, url = '']) => url)
    .filter((url) => url !== 'data:,')
  for (const url of wanted) expect([url, (await app.inject(url)).statusCode]).toEqual([url, 200])
  expect(body).not.toMatch(/<script(?![^>]*src=)/)
})

test.each(['/docs', '/openapi.json', '/docs/swagger-ui-bundle.js'])('%s is loaded once', async (url) => {
  const first = await app.inject(url)
  const again = await app.inject({ url, headers: { 'if-none-match': String(first.headers.etag) } })
  expect([first.statusCode, again.statusCode, again.body]).toEqual([200, 304, ''])
})

test('what stands in the page of problems is text', async () => {
  const { body } = await app.inject('/docs/problems')
  expect(body).not.toMatch(/<(?!\/?(html|head|meta|title|body|h1|dl|dt|dd|code|br)\b|!doctype)/i)
})

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

describe.skipIf(!browser)('in a browser', () => {
  const shown = async (path: string) => {
    const profile = mkdtempSync(join(tmpdir(), 'docs-'))
    const flags = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${profile}`,
      '--enable-logging=stderr',
    ]
    try {
      return await promisify(execFile)(
        browser!,
        [...flags, '--virtual-time-budget=20000', '--dump-dom', `${address}${path}`],
        {
          maxBuffer: 2 ** 26,
        },
      )
    } finally {
      rmSync(profile, { recursive: true, force: true })
    }
  }

  test('the reference shows every tag and a whole operation, and its policy stops nothing that it needs', async () => {
    const { stdout, stderr } = await shown('/docs#/Order/createOrder')
    const { tags } = (await app.inject('/openapi.json')).json()
    for (const { name } of tags) expect(stdout).toContain(`data-tag="${name}"`)
    expect(stdout).toContain('Idempotency-Key')
    expect(stdout).toContain('price_not_yours')
    expect(stderr).not.toMatch(/Content Security Policy|Uncaught/)
  })
})
