import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { aFolder } from './suite/folder.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint')
const folder = aFolder()

const CODE = {
  'a lease beside Platform.alone': [
    '(x: { acquireLease: (name: string) => unknown }) => x.acquireLease(text)',
    'leases(alone)',
  ],
  'an exponential expression': ['/^(a+)+$/.test(text)', 'regexp(no-super-linear-backtracking)'],
  'an exponential expression, made by the constructor': [
    "new RegExp('^(a+)+$').test(text)",
    'regexp(no-super-linear-backtracking)',
  ],
  'an expression that is quadratic where two parts take the same': [
    String.raw`/^\s*a[^;]*\s*$/.test(text)`,
    'regexp(no-super-linear-backtracking)',
  ],
  'an expression that is quadratic because it starts anywhere': [
    String.raw`text.replace(/\s+$/, '')`,
    'regexp(no-super-linear-move)',
  ],
  'an expression made from a text': ['new RegExp(text).test(text)', 'security(detect-non-literal-regexp)'],
  'a linear expression': [String.raw`/^\d{1,9}(?:\.\d+)?$/.test(text)`, undefined],
} as const

type Report = { readonly diagnostics: readonly { readonly code: string; readonly filename: string }[] }

/** What the linter of this repository finds in each of them. */
const findings = (): ReadonlyMap<string, string> => {
  const files = Object.entries(CODE).map(([name, [code]]) => {
    const file = join(folder, `${name}.ts`)
    writeFileSync(file, `export const check = (text: string) => ${code}\n`)
    return file
  })
  const args = [OXLINT, '--config', join(ROOT, '.oxlintrc.json'), '--format', 'json', ...files]
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return new Map(
    (JSON.parse(stdout) as Report).diagnostics.map(({ code, filename }) => [basename(filename, '.ts'), code]),
  )
}
const found = findings()

test.each(Object.entries(CODE))('%s: the linter reports what it should', (name, [, rule]) =>
  expect(found.get(name)).toBe(rule),
)
