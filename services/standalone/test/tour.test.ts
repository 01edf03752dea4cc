import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { aFolder, running } from './programs.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A block of the tour, and what the README says that it prints. */
type Stop = { readonly commands: string; readonly answer: string }

const tourOf = (readme: string): readonly Stop[] => {
  const [, tour = ''] = /\n## A tour\n([\s\S]*?)\n## /.exec(readme) ?? []
  const blocks = tour.matchAll(/```bash\n([\s\S]*?)```(?:\s*```text\n([\s\S]*?)```)?/g)
  return [...blocks].map(([, commands = '', answer = '']) => ({ commands, answer }))
}

const END_OF_BLOCK = '⏹'

/** Types the blocks into one shell, one after the other; gives what each printed. */
const typed = async (stops: readonly Stop[]): Promise<readonly string[]> => {
  const script = stops.map(({ commands }) => `${commands}\necho ${END_OF_BLOCK}`).join('\n')
  const shell = spawn('bash', ['-u', '-c', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout: 90_000 })
  const said = { out: '', error: '' }
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.error += text
  })
  await once(shell, 'close')
  expect(said.error, said.out).toBe('')
  return said.out.split(`${END_OF_BLOCK}\n`).slice(0, -1)
}

/** `…` stands for whatever is there. */
const patternOf = (answer: string): RegExp => {
  const parts = answer.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.+')}$`)
}

const putIn = (text: string, what: string, instead: string): string => {
  expect(text.split(what), `the tour names ${what} once`).toHaveLength(2)
  return text.replace(what, instead)
}

test('the tour of the README says what a fresh demo platform answers', async () => {
  const data = aFolder()
  const [first, ...others] = tourOf(readFileSync(join(ROOT, 'README.md'), 'utf8'))
  const platform = await running('main.ts', '--data', data, '--port', '0', '--orders', '20')
  await platform.hears(/The demo company is there/)
  const addressed = putIn(first?.commands ?? '', 'http://127.0.0.1:8080', platform.address)
  const commands = putIn(addressed, 'data/demo-accounts', join(data, 'demo-accounts'))
  const tour = [{ commands, answer: '' }, ...others]
  const printed = await typed(tour)
  expect(others.length).toBeGreaterThan(6)
  expect(printed).toHaveLength(tour.length)
  for (const [index, { commands: asked, answer }] of tour.entries()) {
    expect(printed[index], asked).toMatch(patternOf(answer))
  }
}, 180_000)

const DOCUMENTS = ['*.md', 'docs/**/*.md', '{packages,services}/*/README.md']

/** Of the repository, or of the folder of the README that names them. */
const PATHS =
  /`((?:packages|services|proto|tools|docs|infra|patches|src|test|bench|check|faults|gen|messages)\/[\w./*{},-]+)`/g
const LINKS = /\]\((?!https?:|#)([^)#]+)/g
const COMMANDS = /npm (?:run ([\w:-]+)|(start|test)\b)/g

/** What a document names and nobody finds. */
const missingIn = (path: string, scripts: object): readonly string[] => {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const isThere = (name: string): boolean => globSync(name, { cwd: ROOT }).length > 0
  const beside = (name: string): string => join(dirname(path), name)
  const links = [...text.matchAll(LINKS)].map(([, link = '']) => beside(link)).filter((link) => !isThere(link))
  const paths = [...text.matchAll(PATHS)]
    .map(([, name = '']) => name)
    .filter((name) => !isThere(name) && !(path.endsWith('README.md') && isThere(beside(name))))
  const commands = [...text.matchAll(COMMANDS)]
    .map(([, name = '', short = '']) => name || short)
    .filter((name) => !(name in scripts))
  return [...links, ...paths, ...commands].map((name) => `${path}: ${name}`)
}

test('paths, links and commands that the documents name are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
  const documents = globSync(DOCUMENTS, { cwd: ROOT })
  expect(documents.length).toBeGreaterThan(20)
  expect(documents.flatMap((path) => missingIn(path, scripts))).toEqual([])
})
