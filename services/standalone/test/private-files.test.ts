import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeSocketFolder, openDataFolder } from '../src/data-folder.ts'
import { newcomer } from './newcomer.ts'
import { aFolder, runningOpenly, temporary } from './programs.ts'

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** Everything in a folder that somebody else than its owner could open. */
const openToOthers = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path).mode & 0o077) !== 0)
    .map((path) => `${path} ${modeOf(path)}`)

/** 127.0.0.1 as the kernel writes it. */
const LOOPBACK = '0100007F'

const inodeOf = (path: string): readonly string[] => {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.slice(1) ?? []
  } catch {
    // Closed since it was listed.
    return []
  }
}

test.each(['main.ts', 'processes/main.ts'])('%s keeps every file and every socket for its user', async (file) => {
  const data = join(aFolder(), 'data')
  const platform = await runningOpenly(file, '--data', data, '--port', '0', '--empty')
  const somebody = newcomer(platform.address, data)
  await somebody.setUp()
  await somebody.upload('photo.txt', 'a photo')
  const { sockets } = openDataFolder(data)
  expect(openToOthers(join(temporary(), basename(sockets)))).toEqual([])
  expect(modeOf(data)).toBe('700')
  expect(readdirSync(data)).toEqual(expect.arrayContaining(['files', 'kafka', 'mongo', 'secret.key', 'setup-token']))
  expect(openToOthers(data)).toEqual([])
  await platform.end('SIGTERM')
  expect(openToOthers(data)).toEqual([])
})

test.runIf(process.platform === 'linux')('processes answer their operators on this machine alone', async () => {
  const data = aFolder()
  const platform = await runningOpenly('processes/main.ts', '--data', data, '--port', '0', '--empty')
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.includes(' 0A '))
  const [, pid] = await platform.hears(/^orders +\| runs as process (\d+)$/m)
  const sockets = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => inodeOf(`/proc/${pid}/fd/${fd}`))
  const own = listening.filter((line) => sockets.includes(line.trim().split(/ +/)[9] ?? ''))
  expect(own.map((line) => line.trim().split(' ')[1]?.split(':')[0])).toEqual([LOOPBACK])
  await platform.end('SIGTERM')
})

test('what an earlier version left open to others is closed', () => {
  const data = aFolder()
  for (const part of ['mongo', 'kafka', 'files']) mkdirSync(join(data, part), { mode: 0o755 })
  openDataFolder(data)
  expect(['mongo', 'kafka', 'files'].map((part) => modeOf(join(data, part)))).toEqual(['700', '700', '700'])
})

const withMode =
  (mode: number) =>
  (path: string): void => {
    mkdirSync(path)
    // Whatever the umask.
    chmodSync(path, mode)
  }

test.each([
  ['that others can write to', withMode(0o777), 'is open to other users'],
  ['that others can look into', withMode(0o750), 'is open to other users'],
  [
    'that is a link to another folder',
    (path: string) => symlinkSync(mkdtempSync(`${path}-`), path),
    'was made by another user',
  ],
])('a folder for sockets %s is refused', (_, prepare, fault) => {
  const sockets = join(aFolder(), 'sockets')
  prepare(sockets)
  expect(() => makeSocketFolder({ sockets })).toThrow(`the folder for sockets ${sockets} ${fault}; remove it`)
})

test.runIf(process.getuid?.() === 0)('a folder for sockets that another user made is refused', () => {
  const sockets = join(aFolder(), 'sockets')
  mkdirSync(sockets, { mode: 0o700 })
  chownSync(sockets, 12_345, 12_345)
  expect(() => makeSocketFolder({ sockets })).toThrow('was made by another user')
})
