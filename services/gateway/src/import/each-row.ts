import { AppError } from '@saleswright/kernel'
import type { CallOptions } from '@saleswright/rpc'
import type { Row } from './csv-rows.ts'
import type { Finding, Outcome } from './finding.ts'
import { plainRow } from './plain-row.ts'
import { type Columns, inColumns, Refused } from './refusal.ts'
import { Rejected, reject } from './reject.ts'
import type { Run } from './run.ts'
import { type Step, stepper } from './step.ts'
import { wordsOf } from './words.ts'

/** What became of a row that was taken: the ids of what it stands for, newest decides. */
type Taken = { readonly ids: readonly string[] }

/** The rows of one file. */
export type Kind<F> = {
  readonly file: string
  /** The column that a row is known by. */
  readonly key: string
  /** Two values of it that are one. */
  readonly same?: (value: string) => string
  readonly columns: Columns
  readonly parallel: number
  /** What a row says, by the files alone; what cannot be taken is `Rejected`. Rows come to it one by one, in the order of the file. */
  readonly decide: (row: Row) => F
}

type Take<F> = (facts: F, step: Step) => Promise<Taken>
type Decided<F> = { readonly row: Row; readonly facts?: F; readonly refusal?: unknown }

/** Takes every row of a file, several at a time. Each ends as created, unchanged, conflicting or rejected, and none stops the others. */
export const eachRow = async <F>(run: Run, kind: Kind<F>, take: Take<F>): Promise<void> => {
  const rows = decisions(run, kind)
  const worker = async (): Promise<void> => {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      run.signal.throwIfAborted()
      run.tally.end(kind.file, await outcomeOf(run, kind, next.value, take))
    }
  }
  try {
    await Promise.all(Array.from({ length: kind.parallel }, worker))
  } finally {
    // What broke off in the middle leaves no file open.
    await rows.return(undefined)
  }
}

export const isOfRow = (error: unknown): boolean => error instanceof Rejected || error instanceof Refused

/** The decisions about the rows, in the order of the file, whatever is done with them at the same time. */
export async function* decisions<F>(
  run: Pick<Run, 'rows' | 'columns'>,
  { file, key, same, decide }: Kind<F>,
): AsyncGenerator<Decided<F>, void> {
  const lines = new Map<string, number>()
  for await (const raw of run.rows(file)) {
    try {
      const row = plainRow(raw, run.columns[file] ?? [])
      const value = row.cells[key] ?? ''
      const known = same ? same(value) : value
      const first = lines.get(known)
      if (value !== '' && first !== undefined) reject(key, value, 'import_row_twice', { line: String(first) })
      lines.set(known, row.line)
      yield { row, facts: decide(row) }
    } catch (refusal) {
      yield { row: raw, refusal }
    }
  }
}

export const stepFor = (run: Run, row: readonly string[], columns: Columns): Step => {
  const { token, signal, record } = run
  const step = stepper({ row: [run.profile, ...row], token, signal, requestId: `import-${record.id}` })
  return (name, call) =>
    step(name, call).catch((error: unknown) => {
      throw inColumns(error, columns)
    })
}

const outcomeOf = async <F>(
  run: Run,
  kind: Kind<F>,
  { row, facts, refusal }: Decided<F>,
  take: Take<F>,
): Promise<Outcome> => {
  const { file, key, columns } = kind
  try {
    if (refusal !== undefined) throw refusal
    const { ids } = await take(facts as F, stepFor(run, [file, row.cells[key] ?? ''], columns))
    return !run.record.dryRun && ids.some((id) => madeSince(id, run.record.startedAt)) ? 'created' : 'unchanged'
  } catch (error) {
    const finding = findingOf(run, error, columns)
    const value = finding.value || (row.cells[finding.column] ?? '')
    run.tally.find({ ...finding, file, line: row.line, value })
    return finding.outcome
  }
}

type OfRow = Omit<Finding, 'file' | 'line' | 'outcome'> & { readonly outcome: Outcome }

/** What is an outage, and what ends the whole run, goes up. All else is a matter of the row, faults of ours that it brings out included. */
const findingOf = (run: Run, thrown: unknown, columns: Columns): OfRow => {
  const error = inColumns(thrown, columns)
  if (error instanceof Rejected) {
    const { column, value, code, words } = error
    return { outcome: 'rejected', column, value, code, words }
  }
  run.signal.throwIfAborted()
  if (error instanceof AppError) throw error
  if (error instanceof Refused && !error.isOurs) {
    const { outcome, column, code, words } = error
    return { outcome, column, value: '', code, words }
  }
  run.report(error)
  return { outcome: 'rejected', column: '', value: '', code: 'internal_error', words: wordsOf('internal_error') }
}

/** A UUIDv7 begins with its milliseconds: what is older than the import was not made by it. */
const madeSince = (id: string, since: Date): boolean =>
  Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) >= since.getTime()

/** What belongs to a file and to no row of it: where it is refused, that is told of the file, and its rows go on. */
export const ofFile = async (run: Run, file: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    const { outcome, code, words } = findingOf(run, error, {})
    run.tally.find({ file, line: 0, column: '', value: '', outcome, code, words })
  }
}

/** Options for calls that only read. */
export const reading = async ({ token, signal }: Run): Promise<CallOptions> => ({
  token: await token(),
  signal,
  deadline: new Date(Date.now() + 30_000),
})
