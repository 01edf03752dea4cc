import type { BusinessDate } from '@saleswright/kernel'
import type { Calls } from './calls.ts'
import type { Row } from './csv-rows.ts'
import type { Import } from './import.ts'
import type { Tally } from './tally.ts'

/** One going through the files of an import. */
export type Run = {
  readonly record: Import
  readonly profile: string
  /** The columns that a file has to have, by its name. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** In a dry run they are held to the contract, and nothing is done. */
  readonly calls: Calls
  readonly tally: Tally
  /** Whoever asked for the import, with what that person may do now. */
  readonly token: () => Promise<string>
  readonly now: () => Date
  /** From the first row on, each time it is called. */
  readonly rows: (file: string) => AsyncGenerator<Row>
  /** The day on which all begins: that of the first import of its kind, or else the one that is given. */
  readonly beginning: (found: BusinessDate) => Promise<BusinessDate>
  /** A fault of ours, for the log. */
  readonly report: (fault: unknown) => void
  readonly signal: AbortSignal
}

/** How the files of another system become ours. */
export type Profile = {
  readonly name: string
  readonly files: readonly string[]
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** What whoever asks for an import has to be permitted over the company. */
  readonly needs: readonly string[]
  /** A dry run is the same with calls that do nothing. */
  readonly run: (run: Run) => Promise<void>
}
