import { type Aggregate, conflict } from '@saleswright/kernel'

/** Where an import may go from where it is. A running one that was cut off is begun again and finds what it did. */
export const TRANSITIONS = {
  queued: ['running'],
  running: ['running', 'done', 'failed'],
  done: [],
  failed: [],
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
  readonly failure?: string | undefined
}

export const NOTHING: Count = { read: 0, created: 0, unchanged: 0, conflicting: 0, rejected: 0, mapped: 0, total: 0 }

const move = (record: Import, to: Status): Import => {
  const allowed: readonly Status[] = TRANSITIONS[record.status]
  if (!allowed.includes(to)) throw conflict(`import_is_${record.status}`, { what: 'import', to })
  return { ...record, status: to }
}

/** Begins it, or begins it again after a crash: counting starts afresh, for every row is gone through again. */
export const begin = (record: Import): Import => ({ ...move(record, 'running'), counts: {} })

export const note = (record: Import, counts: Import['counts']): Import => ({ ...record, counts })

export const finish = (record: Import, counts: Import['counts'], at: Date): Import => ({
  ...move(record, 'done'),
  counts,
  finishedAt: at,
})

export const fail = (record: Import, failure: string, at: Date): Import => ({
  ...move(record, 'failed'),
  failure,
  finishedAt: at,
})
