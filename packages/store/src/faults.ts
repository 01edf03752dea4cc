import { type AppError, unavailable } from '@saleswright/kernel'
import mongoose from 'mongoose'

const {
  MongoClientBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} = mongoose.mongo

/** Somebody else was faster: the whole work is done again from its reads. `known` when this process knew it without asking. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
  readonly known: boolean
  constructor(what: string, known = false) {
    super(`${what} was changed meanwhile`)
    this.known = known
  }
}

/** The index of ids, in every collection. */
export const PRIMARY = '_id_'

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

const OUT_OF_DISK_SPACE = 14_031
const DISK_PAUSE_SECONDS = 30
/** The server steps down, stops or took too long: it, or its successor, answers soon. */
const PASSING: ReadonlySet<number> = new Set([50, 91, 189, 10_107, 11_600, 11_602, 13_435])

/** The store, or the way to it, is gone for now. */
const UNREACHABLE = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
] as const

const SOCKET_CALLS: ReadonlySet<unknown> = new Set(['connect', 'read', 'write'])

/** What the system says of a socket (`write EPIPE`), which the driver does not always wrap. */
const isOfSocket = (error: unknown): boolean =>
  error instanceof Error && SOCKET_CALLS.has((error as NodeJS.ErrnoException).syscall)

/** What a caller is told of a store that cannot be reached or takes no more; everything else passes as it is. */
export const told = (error: unknown): unknown => {
  const reason = unwrapped(error)
  const codes = faultsOf(error).map(({ code }) => code)
  if (codes.includes(OUT_OF_DISK_SPACE)) return unavailable('store_unreachable', DISK_PAUSE_SECONDS, { cause: error })
  const passing =
    UNREACHABLE.some((kind) => reason instanceof kind) || isOfSocket(reason) || codes.some((code) => PASSING.has(code))
  return passing ? unavailable('store_unreachable', 1, { cause: error }) : error
}

/** A question to the store, whose fault the caller is told. */
export const asked = async <R>(question: Promise<R>): Promise<R> => {
  try {
    return await question
  } catch (error) {
    throw told(error)
  }
}

export const busy = (cause: unknown): AppError => unavailable('store_busy', 1, { cause })
