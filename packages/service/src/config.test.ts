import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  address,
  listOf,
  mongoUri,
  oneOf,
  optional,
  port,
  readConfig,
  readKey,
  readTogether,
  required,
} from './config.ts'

const settings = {
  database: required('MONGODB_URI', mongoUri),
  brokers: required('KAFKA_BROKERS', listOf(address)),
  operatorPort: optional('OPERATOR_PORT', port, 9464),
  level: optional('LOG_LEVEL', oneOf('info', 'debug'), 'info'),
}
const good = { MONGODB_URI: 'mongodb://localhost:27017', KAFKA_BROKERS: 'one:9092, two:9092' }
const KEY = Buffer.alloc(32, 7)

const aFile = (content: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'secret.key'), content)
  return join(folder, 'secret.key')
}

test('values are typed, and what may be left out has its default', () => {
  expect(readConfig(settings, { ...good, OPERATOR_PORT: '0' })).toEqual({
    database: 'mongodb://localhost:27017',
    brokers: ['one:9092', 'two:9092'],
    operatorPort: 0,
    level: 'info',
  })
})

test.each([
  [
    { MONGODB_URI: '' },
    'MONGODB_URI is missing; it must be the address of the database, as in mongodb://localhost:27017.',
  ],
  [
    { OPERATOR_PORT: '70000' },
    'OPERATOR_PORT is "70000", which must be a port from 0 to 65535, where 0 picks a free one.',
  ],
  [{ OPERATOR_PORT: '1e3' }, 'OPERATOR_PORT is "1e3", which must be a port from 0 to 65535, where 0 picks a free one.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud", which must be one of info, debug.'],
  [
    { KAFKA_BROKERS: 'one:9092,two' },
    'KAFKA_BROKERS is "one:9092,two", which must be a list, with commas between, each an address such as localhost:7001, or the path of a socket.',
  ],
])('%o is refused in one sentence', (bad, sentence) => {
  expect(() => readConfig(settings, { ...good, ...bad })).toThrow(sentence)
})

test('everything that is missing or bad is said at once, each in a line', () => {
  const read = () =>
    readTogether({
      settings: () => readConfig(settings, { OPERATOR_PORT: '70000' }),
      key: () => readKey({}),
      fine: () => 1,
    })
  expect(read).toThrow(
    [
      'MONGODB_URI is missing; it must be the address of the database, as in mongodb://localhost:27017.',
      'KAFKA_BROKERS is missing; it must be a list, with commas between, each an address such as localhost:7001, or the path of a socket.',
      'OPERATOR_PORT is "70000", which must be a port from 0 to 65535, where 0 picks a free one.',
      'SALESWRIGHT_KEY is missing; it must be 32 bytes in base64, as `openssl rand -base64 32` prints them.',
    ].join('\n'),
  )
  const fault = () => {
    throw new TypeError('a bug')
  }
  expect(() => readTogether({ fault, key: () => readKey({}) })).toThrow(TypeError)
})

test('a secret is never repeated', () => {
  const bad = { ...good, MONGODB_URI: 'user:hunter2@db' }
  expect(() => readConfig(settings, bad)).toThrow(/^MONGODB_URI must be(?!.*hunter2)/)
})

test('the key comes from its variable or from a file, and must be 32 bytes', () => {
  const text = KEY.toString('base64')
  expect(readKey({ SALESWRIGHT_KEY: text })).toEqual(KEY)
  expect(readKey({ SALESWRIGHT_KEY_FILE: aFile(`${text}\n`) })).toEqual(KEY)
  expect(() => readKey({})).toThrow('SALESWRIGHT_KEY is missing; it must be 32 bytes in base64')
  expect(() => readKey({ SALESWRIGHT_KEY: 'c2hvcnQ=' })).toThrow(/^SALESWRIGHT_KEY must be 32 bytes(?!.*c2hvcnQ)/)
  expect(() => readKey({ SALESWRIGHT_KEY_FILE: '/nowhere/key' })).toThrow(
    'SALESWRIGHT_KEY_FILE names /nowhere/key, which cannot be read (ENOENT).',
  )
  expect(() => readKey({ SALESWRIGHT_KEY_FILE: aFile('not a key') })).toThrow('whose content must be 32 bytes')
})
