import { sentence } from '@saleswright/contracts'
import { AppError } from '@saleswright/kernel'
import type { CallOptions } from '@saleswright/rpc'
import type { Row } from './csv-rows.ts'
import type { Outcome } from './finding.ts'
import { Rejected } from './reject.ts'
import type { Run } from './run.ts'
import { type Step, stepper } from './step.ts'

/** What became of a row that was taken: the ids of what it stands for, newest decides. */
type Taken = { readonly ids: readonly string[] }

type Take = (row: Row, step: Step) => Promise<Taken>
type Eaching = { readonly file: string; readonly key: (row: Row) => string; readonly parallel: number }

/** Takes every row of a file, several at a time. Each ends as created, unchanged, conflicting or rejected, and none stops the others. */
export const eachRow = async (run: Run, { file, key, parallel }: Eaching, take: Take): Promise<void> => {
  const rows = run.rows(file)
  const worker = async (): Promise<void> => {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      run.signal.throwIfAborted()
      run.tally.end(file, await outcomeOf(run, file, next.value, (row) => take(row, stepFor(run, [file, key(row)]))))
    }
  }
  try {
    await Promise.all(Array.from({ length: parallel }, worker))
  } finally {
    // What broke off in the middle leaves no file open.
    await rows.return(undefined)
  }
}

export const stepFor = (run: Run, row: readonly string[]): Step => {
  const { token, signal, record } = run
  return stepper({ row: [run.profile, ...row], token, signal, requestId: `import-${record.id}` })
}

const outcomeOf = async (run: Run, file: string, row: Row, take: (row: Row) => Promise<Taken>): Promise<Outcome> => {
  const finding = { file, line: row.line, column: '', value: '' }
  if (row.fault) {
    run.tally.find({ ...finding, ...row.fault, outcome: 'rejected' })
    return 'rejected'
  }
  try {
    const { ids } = await take(row)
    return ids.some((id) => madeSince(id, run.record.startedAt)) ? 'created' : 'unchanged'
  } catch (error) {
    const outcome = verdict(error)
    const { column, value } = error instanceof Rejected ? error : { column: columnOf(error), value: '' }
    run.tally.find({ ...finding, column, value, outcome, message: messageOf(error) })
    return outcome
  }
}

/** A UUIDv7 begins with its milliseconds: what is older than the import was not made by it. */
const madeSince = (id: string, since: Date): boolean =>
  Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) >= since.getTime()

/** Kinds of refusals that say: it is there already, but as something else. */
const CONFLICTS = new Set(['mismatch', 'conflict'])
const REFUSALS = new Set(['invalid', 'not_found', 'forbidden'])

/** What is no refusal of the row is no matter of the row: it goes up and ends the import. */
const verdict = (error: unknown): Outcome => {
  if (error instanceof Rejected) return 'rejected'
  if (!(error instanceof AppError)) throw error
  if (CONFLICTS.has(error.kind)) return 'conflicting'
  if (REFUSALS.has(error.kind)) return 'rejected'
  throw error
}

const messageOf = (error: unknown): string =>
  error instanceof AppError ? sentence(error, 'zh-CN') : String((error as Error).message)
const columnOf = (error: unknown): string => (error instanceof AppError ? (error.violations[0]?.field ?? '') : '')

/** Options for calls that only read. */
export const reading = async ({ token, signal }: Run): Promise<CallOptions> => ({
  token: await token(),
  signal,
  deadline: new Date(Date.now() + 30_000),
})
