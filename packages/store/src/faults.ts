import { type AppError, unavailable } from '@saleswright/kernel'
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

/** The driver puts what the server said of a whole bulk write behind an error of its own. */
const unwrapped = (error: unknown): unknown =>
  error instanceof MongoClientBulkWriteError && error.cause instanceof Error ? error.cause : error

const faultsOf = (error: unknown): readonly Fault[] => {
  if (error instanceof MongoClientBulkWriteError) {
    const single = [...error.writeErrors.values()].map(({ code, message }) => ({ code, message }))
    return [...single, ...faultsOf(error.cause)]
  }
  return error instanceof MongoServerError ? [{ code: Number(error.code), message: error.message }] : []
}

const hasLabel = (error: unknown, label: string): boolean =>
  [error, unwrapped(error)].some((one) => one instanceof MongoError && one.hasErrorLabel(label))

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
export const told = (error: unknown): unknown => {
  const reason = unwrapped(error)
  return reason instanceof MongoNetworkError || reason instanceof MongoServerSelectionError
    ? unavailable('store_unreachable', 1, { cause: error })
    : error
}

export const busy = (cause: unknown): AppError => unavailable('store_busy', 1, { cause })
