import type { Calls } from './calls.ts'
import type { Row } from './csv-rows.ts'
import type { Import } from './import.ts'
import type { Tally } from './tally.ts'

/** One going through the files of an import. */
export type Run = {
  readonly record: Import
  readonly profile: string
  readonly calls: Calls
  readonly tally: Tally
  /** Whoever asked for the import, with what that person may do now. */
  readonly token: () => Promise<string>
  /** From the first row on, each time it is called. */
  readonly rows: (file: string) => AsyncGenerator<Row>
  readonly signal: AbortSignal
}

/** How the files of another system become ours. */
export type Profile = {
  readonly name: string
  readonly files: readonly string[]
  /** The columns that a file has to have, by its name. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  readonly run: (run: Run) => Promise<void>
  /** Reads and checks every row as far as the files go, and calls nothing: what can be taken counts as unchanged. */
  readonly check: (run: Run) => Promise<void>
}
