import { type AppError, conflict, unavailable } from '@saleswright/kernel'
import mongoose from 'mongoose'

const { MongoClientBulkWriteError, MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } =
  mongoose.mongo

/** Somebody else was faster: the whole work is done again from its reads. `known` when this process knew it without asking. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
  readonly known: boolean
  constructor(what: string, known = false) {
    super(`${what} was changed meanwhile`)
    this.known = known
  }
}

const WRITE_CONFLICT = 112
const DUPLICATE_KEY = 11_000

type Fault = { readonly code: number; readonly message: string }

const faultsOf = (error: unknown): readonly Fault[] => {
  if (error instanceof MongoClientBulkWriteError) {
    return [...error.writeErrors.values()].map(({ code, message }) => ({ code, message }))
  }
  return error instanceof MongoServerError ? [{ code: Number(error.code), message: error.message }] : []
}

const hasLabel = (error: unknown, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label)

/** The transaction left nothing behind and may be tried again. */
export const mayBeTriedAgain = (error: unknown): boolean =>
  error instanceof Overtaken ||
  hasLabel(error, 'TransientTransactionError') ||
  faultsOf(error).some(({ code }) => code === WRITE_CONFLICT)

/** Whether the commit arrived is not known: it is sent again, until somebody answers. */
export const isUnknownCommit = (error: unknown): boolean => hasLabel(error, 'UnknownTransactionCommitResult')

/** `collection` and `index` of a unique index that refused a write. */
export const duplicateOf = (error: unknown): { readonly collection: string; readonly index: string } | undefined => {
  const fault = faultsOf(error).find(({ code }) => code === DUPLICATE_KEY)
  const { collection, index } =
    /collection: [^.\s]+\.(?<collection>\S+) index: (?<index>\S+)/.exec(fault?.message ?? '')?.groups ?? {}
  return collection !== undefined && index !== undefined ? { collection, index } : undefined
}

export const isDuplicate = (error: unknown): boolean => faultsOf(error).some(({ code }) => code === DUPLICATE_KEY)

/** What a caller is told of a store that cannot be reached; everything else passes as it is. */
export const told = (error: unknown): unknown =>
  error instanceof MongoNetworkError || error instanceof MongoServerSelectionError
    ? unavailable('store_unreachable', 1, { cause: error })
    : error

export const busy = (cause: unknown): AppError => unavailable('store_busy', 1, { cause })

export const taken = (code: string): AppError => conflict(code)
