import { AppError } from '@saleswright/kernel'

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])
const LABELS = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError']
const MONGO =
  /^Mongo(Network|ServerSelection|PoolCleared|WaitQueueTimeout|NotConnected|TopologyClosed|ClientClosed|ExpiredSession)/

/** As Node has it on faults of sockets, and the driver on its errors. */
type Marked = Error & { code?: unknown; syscall?: unknown; hasErrorLabel?: (label: string) => boolean }

/** Whether the same may succeed later without anybody changing anything. What is not known to heal does not. */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof AppError) return error.kind === 'unavailable' || error.kind === 'limited'
  if (!(error instanceof Error)) return false
  const { code, syscall, name }: Marked = error
  return NETWORK.has(String(code)) || syscall === 'connect' || MONGO.test(name) || hasLabel(error)
}

const hasLabel = (error: Marked): boolean => LABELS.some((label) => error.hasErrorLabel?.(label))
