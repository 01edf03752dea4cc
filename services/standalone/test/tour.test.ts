import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
