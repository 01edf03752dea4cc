import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { lockFolder } from '../disk/folder-lock.ts'
import { checkLog, checkStore } from './check.ts'
import { salvageLog } from './salvage-kafka.ts'
import { salvageStore } from './salvage-mongo.ts'
import { openSource } from './source.ts'

const HELP = `Looks after the files of a data folder while no server runs on it.

  npm run data -- check [--data DIR]
  npm run data -- salvage [--data DIR] --to NEW_DIR

  check        goes through every page, document and index, and names what is damaged
  salvage      copies what is readable of a damaged folder into a new one, and lists what is lost
  --data DIR   where everything is kept (data)
  --to DIR     the new folder, which must not be there yet`

const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

const readArguments = () => {
  try {
    const options = {
      data: { type: 'string', default: 'data' },
      to: { type: 'string' },
      help: { type: 'boolean' },
    } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    return { ...values, command: positionals.join(' ') }
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${HELP}`)
  }
}

/** The files of both engines, as far as they are there. */
const ENGINES = [
  { folder: 'mongo', file: 'store.sqlite', check: checkStore, salvage: salvageStore },
  { folder: 'kafka', file: 'log.sqlite', check: checkLog, salvage: salvageLog },
] as const

const locked = <T>(folder: string, use: () => T): T => {
  const unlock = lockFolder(folder)
  try {
    return use()
  } finally {
    unlock()
  }
}

const check = (data: string): void => {
  const faults = ENGINES.flatMap(({ folder, file, check: look }) => {
    const path = join(data, folder, file)
    if (!existsSync(path)) return [`${path} is missing`]
    try {
      return locked(join(data, folder), () => look(path)).map((fault) => `${path}: ${fault}`)
    } catch (error) {
      return [(error as Error).message]
    }
  })
  for (const fault of faults) console.log(fault)
  if (faults.length > 0) stop(`${data} is damaged in ${faults.length} places.`)
  console.log(`${data} is sound.`)
}

/** What is neither the store's nor the bus's comes along as it is. */
const copyOthers = (data: string, to: string): void => {
  for (const name of readdirSync(data))
    if (!ENGINES.some(({ folder }) => folder === name)) cpSync(join(data, name), join(to, name), { recursive: true })
}

const newFolder = (data: string, to: string | undefined): string => {
  if (to === undefined) return stop(`Say with --to where the new folder is to be.\n\n${HELP}`)
  if (existsSync(to)) return stop(`${to} is there already.`)
  return resolve(to).startsWith(resolve(data) + sep) ? stop(`${to} lies in ${data}: choose a place outside.`) : to
}

const salvage = (data: string, to: string): void => {
  for (const { folder, file, salvage: copy } of ENGINES) {
    const [from, target, work] = [join(data, folder), join(to, folder), join(to, `${folder}.work`)]
    for (const made of [target, work]) mkdirSync(made, { recursive: true, mode: 0o700 })
    locked(from, () => {
      const { sql, lost } = openSource(join(from, file), work)
      for (const line of [...lost, ...copy(sql, join(target, file))]) console.log(`${folder}: ${line}`)
      sql.close()
    })
    rmSync(work, { recursive: true })
  }
  copyOthers(data, to)
  console.log(`${to} holds what could be read: npm start -- --data ${to}`)
}

const { command, data, to, help } = readArguments()
if (help) {
  console.log(HELP)
  process.exit(0)
}
if (!existsSync(data)) stop(`There is no folder ${data}.`)
try {
  if (command === 'check') check(data)
  else if (command === 'salvage') salvage(data, newFolder(data, to))
  else stop(HELP)
} catch (error) {
  stop(`${(error as Error).message}.`)
}
