import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { invalidField, unavailable } from '@saleswright/kernel'
import { accountKey } from './account.ts'

/** OWASP's least for argon2id: 19 MiB, two passes, one lane; about 35 ms of one core, on a thread beside the event loop. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_BYTES = 32
const SALT_BYTES = 16

/** Hashing has two of the four threads that files and names are also looked up with. */
const AT_ONCE = 2
const MOST_WAITING = 200

const derive = promisify(argon2)

/** Runs so many at once; when too many wait, it says so instead of answering everybody too late. */
const gate = (atOnce: number, mostWaiting: number) => {
  const waiting: (() => void)[] = []
  let running = 0
  return async <R>(work: () => Promise<R>): Promise<R> => {
    if (waiting.length >= mostWaiting) throw unavailable('server_busy', 1)
    if (running >= atOnce) await new Promise<void>((start) => void waiting.push(start))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
const inTurn = gate(AT_ONCE, MOST_WAITING)

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number }

const tagOf = (password: string, nonce: Uint8Array, cost: Cost): Promise<Buffer> =>
  inTurn(() => derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES, ...cost }))

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** A PHC string: it names its own cost, so that a higher one may come. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  const tag = await tagOf(password, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(?<m>\d+),t=(?<t>\d+),p=(?<p>\d+)\$(?<salt>[^$]+)\$(?<tag>[^$]+)$/

/** Of a password that nobody knows: what is compared where there is no account, in the same time. */
let nobody: Promise<string> | undefined
const nobodysHash = (): Promise<string> => (nobody ??= hashPassword(randomBytes(SALT_BYTES).toString('hex')))

/** Without a hash it takes as long, and is false. */
export const isPassword = async (password: string, hash: string | undefined): Promise<boolean> => {
  const { m = '', t = '', p = '', salt = '', tag = '' } = PHC.exec(hash ?? (await nobodysHash()))?.groups ?? {}
  const cost = { memory: Number(m), passes: Number(t), parallelism: Number(p) }
  const [expected, got] = [Buffer.from(tag, 'base64'), await tagOf(password, Buffer.from(salt, 'base64'), cost)]
  return timingSafeEqual(expected, got) && hash !== undefined
}

const LEAST_CHARACTERS = 10
const LEAST_DIFFERENT = 5
/** Shorter names stand in many a good password. */
const LEAST_NAME = 4

/** Long rather than decorated; neither the account's name nor a handful of keys over and over. `field` is where it was sent. */
export const checkPassword = (password: string, accountName: string, field = 'password'): void => {
  const text = password.normalize('NFKC')
  const short = Array.from(text).length < LEAST_CHARACTERS
  const dull = new Set(text.toLowerCase()).size < LEAST_DIFFERENT
  const name = accountKey(accountName)
  const named = name.length >= LEAST_NAME && text.toLowerCase().includes(name)
  if (short || dull || named) throw invalidField(field, 'weak_password', { least: String(LEAST_CHARACTERS) })
}
