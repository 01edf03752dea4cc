import type { DescMethod } from '@bufbuild/protobuf'
import type { ErrorKind } from '@saleswright/kernel'

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** The part of pino's logger that our code uses. */
export type Log = { readonly debug: Write; readonly info: Write; readonly warn: Write; readonly error: Write }

/** One finished call, for metrics. */
export type Observation = {
  readonly method: DescMethod
  readonly outcome: 'ok' | ErrorKind
  /** The code of the refusal; empty for `ok`. */
  readonly code: string
  readonly durationMs: number
}
