import type { Text } from '@saleswright/contracts'
import { type Aggregate, type BusinessDate, conflict } from '@saleswright/kernel'

/** Where an import may go from where it is. A running one that was cut off is begun again and finds what it did. */
export const TRANSITIONS = {
  queued: ['running', 'cancelled'],
  running: ['running', 'done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
} as const

export type Status = keyof typeof TRANSITIONS

/** How the rows of a file ended; mapped counts values, not rows. */
export type Count = {
  readonly read: number
  readonly created: number
  readonly unchanged: number
  readonly conflicting: number
  readonly rejected: number
  readonly mapped: number
  readonly total: number
}

/** What ended an import, and where that is to be mended: '' where it is no matter of a file. */
export type Failure = {
  readonly code: string
  readonly words: Text
  readonly file: string
  readonly column: string
}

type ImportFile = { readonly name: string; readonly fileId: string }

export type Import = Aggregate & {
  readonly status: Status
  readonly profile: string
  readonly dryRun: boolean
  readonly files: readonly ImportFile[]
  /** By file. */
  readonly counts: Readonly<Record<string, Count>>
  readonly requesterId: string
  /** When it was first begun: what was made since then, it made. */
  readonly startedAt: Date
  readonly finishedAt?: Date | undefined
  readonly failure?: Failure | undefined
  /** Where everything that it made begins. A later import of the same kind begins there too, or it would find other people and prices. */
  readonly beginning?: BusinessDate | undefined
}

export const NOTHING: Count = { read: 0, created: 0, unchanged: 0, conflicting: 0, rejected: 0, mapped: 0, total: 0 }

const move = (record: Import, to: Status): Import => {
  const allowed: readonly Status[] = TRANSITIONS[record.status]
  if (!allowed.includes(to)) throw conflict(`import_is_${record.status}`, { what: 'import', to })
  return { ...record, status: to }
}

/** Begins it, or begins it again after a crash: counting starts afresh, for every row is gone through again. */
export const begin = (record: Import): Import => ({ ...move(record, 'running'), counts: {} })

/** One that was cancelled meanwhile is told how far it came. */
export const note = (record: Import, counts: Import['counts']): Import => ({ ...record, counts })

export const beginAt = (record: Import, beginning: BusinessDate): Import => ({ ...record, beginning })

export const finish = (record: Import, counts: Import['counts'], at: Date): Import => ({
  ...move(record, 'done'),
  counts,
  finishedAt: at,
})

export const fail = (
  record: Import,
  { failure, counts }: Pick<Import, 'counts'> & { failure: Failure },
  at: Date,
): Import => ({
  ...move(record, 'failed'),
  failure,
  counts,
  finishedAt: at,
})

/** What went in stays. Cancelled again, it is so already. */
export const cancel = (record: Import, at: Date): Import =>
  record.status === 'cancelled' ? record : { ...move(record, 'cancelled'), finishedAt: at }
