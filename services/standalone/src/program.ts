import { type CommandLine, readOptions } from './options.ts'

/** How long stopping may take before the process ends all the same. */
const STOP_WITHIN_MS = 10_000

/** What this process, and those that it starts, write is for their user alone, whatever the terminal allows. */
export const ownFilesOnly = (): void => void process.umask(0o077)

/** Ends the process with one sentence and 1. */
export const exitWith = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

/** What the command line says; --help and what is wrong with it end the process here. */
export const optionsOrExit = (help: string): CommandLine => {
  try {
    const options = readOptions(process.argv.slice(2))
    if (!options.help) return options
    console.log(help)
    return process.exit(0)
  } catch (error) {
    return exitWith(`${(error as Error).message}\n\n${help}`)
  }
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** How much of the log is shown, from LOG_LEVEL; faults and warnings when it says nothing. */
export const logLevelOrExit = (): (typeof LEVELS)[number] => {
  const { LOG_LEVEL = 'warn' } = process.env
  const known = LEVELS.find((level) => level === LOG_LEVEL)
  return known ?? exitWith(`LOG_LEVEL is "${LOG_LEVEL}", which must be one of ${LEVELS.join(', ')}.`)
}

/** Why it did not start, in a sentence. */
export const reasonOf = (error: unknown, { port }: Pick<CommandLine, 'port'>): string => {
  const { code, message, port: taken = port } = error as NodeJS.ErrnoException & { port?: number }
  if (code !== 'EADDRINUSE') return message.replace(/\.$/, '')
  return `port ${taken} is in use; choose another with ${taken === port ? '--port' : 'OPERATOR_PORT'}`
}

/** Aborted by the first SIGINT or SIGTERM; a second one ends the process at once. */
export const stopSignal = (): AbortSignal => {
  const asked = new AbortController()
  const heard = (signal: NodeJS.Signals): void => {
    if (asked.signal.aborted) exitWith(`${signal} came a second time: ended at once.`)
    asked.abort()
  }
  process.on('SIGINT', heard)
  process.on('SIGTERM', heard)
  return asked.signal
}

/** Stops and ends the process: with 0, or with 1 and a sentence where something does not stop in time or not cleanly. */
export const stopAndExit = async (stop: () => Promise<void>): Promise<never> => {
  const overdue = (): never => exitWith(`Saleswright did not stop within ${STOP_WITHIN_MS / 1_000} seconds.`)
  setTimeout(overdue, STOP_WITHIN_MS).unref()
  await stop().catch((error: Error) => exitWith(`Saleswright did not stop cleanly: ${error.message}.`))
  return process.exit(0)
}

export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })
