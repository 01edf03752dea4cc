import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Call, platformAt } from './platform.ts'
import { type Count, progressLine, reconciliation } from './progress.ts'
import { signInFor } from './sign-in.ts'

const HELP = `Imports the files of another system through the public API, and says what became of each row.

  npm run import -- FOLDER [--profile crm] [--url URL] [--data DIR] [--dry-run]

  FOLDER        where the files lie
  --profile P   what they are (crm)
  --url URL     where the platform answers (http://127.0.0.1:8080)
  --data DIR    its data folder, for the setup token of an empty platform (data)
  --dry-run     reads and checks every row, and changes nothing

  SALESWRIGHT_TOKEN  the access token of somebody with the permission migration, instead of --data`

const PROFILES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    crm: ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv'],
  }),
)

type Import = {
  readonly importId: string
  readonly status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'
  readonly counts: readonly Count[]
  readonly failure?: Readonly<Record<'code' | 'message', string>> & { readonly file?: string; readonly column?: string }
}
type Finding = Readonly<Record<'file' | 'line' | 'message', string>> & {
  readonly column?: string
  readonly value?: string
}

const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

const readArguments = () => {
  const options = {
    profile: { type: 'string', default: 'crm' },
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    data: { type: 'string', default: 'data' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    return { ...values, folder: positionals[0] }
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${HELP}`)
  }
}

/** All of them at once: whoever looks for one that is missing looks for the others too. */
const expectFiles = (folder: string, names: readonly string[]): void => {
  const missing = names.filter((name) => !existsSync(join(folder, name)))
  if (missing.length > 0) stop(`These files are not in ${folder}: ${missing.join(', ')}.`)
}

const upload = async (call: Call, path: string): Promise<string> => {
  const form = new FormData()
  form.set('file', new Blob([readFileSync(path)]), basename(path))
  const { fileId } = await call<{ fileId: string }>('POST', '/v1/files', form)
  return fileId
}

const ASK_EVERY_MS = 500
const LINE_EVERY_MS = 5_000

/** Shows how far it is until it has ended; on a terminal in one line that is written over, else a line now and then. */
const follow = async (call: Call, importId: string): Promise<Import> => {
  const started = performance.now()
  const terminal = process.stderr.isTTY
  let writtenAt = Number.NEGATIVE_INFINITY
  for (;;) {
    const state = await call<Import>('GET', `/v1/imports/${importId}`)
    const now = performance.now()
    const ended = state.status !== 'QUEUED' && state.status !== 'RUNNING'
    const line = progressLine(state.counts, (now - started) / 1000)
    if (terminal) process.stderr.write(`\r${line}\x1b[K${ended ? '\n' : ''}`)
    else if (ended || now >= writtenAt + LINE_EVERY_MS) {
      process.stderr.write(`${line}\n`)
      writtenAt = now
    }
    if (ended) return state
    await wait(ASK_EVERY_MS)
  }
}

const showFindings = async (call: Call, importId: string): Promise<void> => {
  for (const outcome of ['rejected', 'conflicting']) {
    let token = ''
    do {
      const path = `/v1/imports/${importId}/findings?outcome=${outcome}&pageSize=200&pageToken=${encodeURIComponent(token)}`
      const page = await call<{ findings: readonly Finding[]; nextPageToken: string }>('GET', path)
      for (const { file, line, message, column = '', value = '' } of page.findings) {
        // Line 0 is the file as a whole.
        const at = [line === '0' ? file : `${file}:${line}`, column, value && `"${value}"`].filter(Boolean).join(' ')
        console.log(`${outcome} ${at} ${message}`)
      }
      token = page.nextPageToken
    } while (token)
  }
}

const failureLine = (failure: Import['failure']): string => {
  const { code = '', message = '', file, column } = failure ?? {}
  const at = [file, column].filter(Boolean).join(' ')
  return `The import failed${at && ` at ${at}`}: ${message || code}`
}

const { folder, profile, url, data, help, 'dry-run': dryRun } = readArguments()
if (help || !folder) {
  console.log(HELP)
  process.exit(help ? 0 : 1)
}
const names =
  PROFILES.get(profile) ?? stop(`There is no profile ${profile}; there is ${[...PROFILES.keys()].join(', ')}.`)
expectFiles(folder, names)
try {
  const call = platformAt(url, signInFor(url, data))
  const files: { name: string; fileId: string }[] = []
  for (const name of names) files.push({ name, fileId: await upload(call, join(folder, name)) })
  const { importId } = await call<Import>('POST', '/v1/imports', { profile, dryRun, files })
  const { status, counts, failure } = await follow(call, importId)
  await showFindings(call, importId)
  console.log(reconciliation(counts))
  if (status === 'FAILED') stop(`${failureLine(failure)} What went in stays; running it again goes on.`)
  if (status === 'CANCELLED') stop('The import was cancelled. What went in stays; running it again goes on.')
} catch (error) {
  const { cause, message } = error as Error & { cause?: { code?: string } }
  stop(
    cause?.code === 'ECONNREFUSED'
      ? `Nobody answers at ${url}; start the platform with \`npm start -- --empty\`.`
      : message,
  )
}
