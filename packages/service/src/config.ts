import { readFileSync } from 'node:fs'

/** What a variable may hold. `parse` gives undefined for what it does not understand; a secret value is never repeated. */
export type Form<T> = {
  readonly parse: (text: string) => T | undefined
  /** Completes "… must be": "a port from 0 to 65535". */
  readonly says: string
  readonly secret?: boolean
}

export type Setting<T> = {
  readonly variable: string
  readonly form: Form<T>
  readonly otherwise?: { readonly value: T }
}

type Settings = Readonly<Record<string, Setting<unknown>>>
type Values<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never }
export type Environment = Readonly<Record<string, string | undefined>>

/** Values that are missing or bad: for each a line, a sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Reads = Readonly<Record<string, () => unknown>>
type Read<R extends Reads> = { readonly [K in keyof R]: ReturnType<R[K]> }

/** Does all of these, so that everything that is missing or bad is said at once. */
export const readTogether = <R extends Reads>(reads: R): Read<R> => {
  const errors: ConfigError[] = []
  const values = Object.entries(reads).map(([name, one]) => {
    try {
      return [name, one()]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      errors.push(error)
      return [name, undefined]
    }
  })
  if (errors.length === 0) return Object.fromEntries(values) as Read<R>
  throw new ConfigError(errors.map(({ message }) => message).join('\n'), { cause: errors })
}

export const required = <T>(variable: string, form: Form<T>): Setting<T> => ({ variable, form })
export const optional = <T, O>(variable: string, form: Form<T>, otherwise: O): Setting<T | O> => ({
  variable,
  form,
  otherwise: { value: otherwise },
})

/** Reads the settings from an environment; an empty variable counts as missing. */
export const readConfig = <S extends Settings>(settings: S, environment: Environment): Values<S> =>
  readTogether(
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, () => read(setting, environment)])),
  ) as Values<S>

const read = ({ variable, form, otherwise }: Setting<unknown>, environment: Environment): unknown => {
  const text = environment[variable]
  if (!text) {
    if (otherwise) return otherwise.value
    throw new ConfigError(`${variable} is missing; it must be ${form.says}.`)
  }
  const value = form.parse(text)
  if (value !== undefined) return value
  throw new ConfigError(`${variable}${form.secret ? '' : ` is "${text}", which`} must be ${form.says}.`)
}

export const text: Form<string> = { parse: (value) => value, says: 'a text' }

const integerFrom = (low: number, high: number, value: string): number | undefined => {
  const number = Number(value)
  return /^\d+$/.test(value) && number >= low && number <= high ? number : undefined
}

/** `says` completes "… must be": "a number of days". */
export const wholeNumber = (low: number, high: number, says: string): Form<number> => ({
  parse: (value) => integerFrom(low, high, value),
  says,
})

export const port = wholeNumber(0, 65_535, 'a port from 0 to 65535, where 0 picks a free one')

export const oneOf = <T extends string>(...words: readonly T[]): Form<T> => ({
  parse: (value) => words.find((word) => word === value),
  says: `one of ${words.join(', ')}`,
})

export const listOf = <T>({ parse, says, secret = false }: Form<T>): Form<readonly T[]> => ({
  parse(value) {
    const items = value.split(',').map((item) => parse(item.trim()))
    const good = items.filter((item) => item !== undefined)
    return good.length === items.length ? good : undefined
  },
  says: `a list, with commas between, each ${says}`,
  secret,
})

/** `host:port`, or the absolute path of a unix socket. */
export const address: Form<string> = {
  parse(value) {
    if (value.startsWith('/') || value.startsWith('unix:')) return value
    const colon = value.lastIndexOf(':')
    return colon > 0 && integerFrom(0, 65_535, value.slice(colon + 1)) !== undefined ? value : undefined
  },
  says: 'an address such as localhost:7001, or the path of a socket',
}

/** Holds a password, as a rule: it is never repeated. */
export const mongoUri: Form<string> = {
  parse: (value) => (/^mongodb(\+srv)?:\/\/./.test(value) ? value : undefined),
  says: 'the address of the database, as in mongodb://localhost:27017',
  secret: true,
}

const KEY_BYTES = 32

const key: Form<Buffer> = {
  parse(value) {
    const bytes = Buffer.from(value, 'base64')
    const exact = bytes.toString('base64')
    return (value === exact || value === exact.replaceAll('=', '')) && bytes.length === KEY_BYTES ? bytes : undefined
  },
  says: `${KEY_BYTES} bytes in base64, as \`openssl rand -base64 ${KEY_BYTES}\` prints them`,
  secret: true,
}

/** The installation's key: SALESWRIGHT_KEY itself, or the file that SALESWRIGHT_KEY_FILE names. */
export const readKey = (environment: Environment): Buffer => {
  const file = environment.SALESWRIGHT_KEY_FILE
  if (environment.SALESWRIGHT_KEY || !file) {
    return readConfig({ key: required('SALESWRIGHT_KEY', key) }, environment).key
  }
  const found = key.parse(contentOf(file).trim())
  if (!found) throw new ConfigError(`SALESWRIGHT_KEY_FILE names ${file}, whose content must be ${key.says}.`)
  return found
}

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError(`SALESWRIGHT_KEY_FILE names ${file}, which cannot be read (${code}).`, { cause: error })
  }
}
