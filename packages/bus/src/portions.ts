import type { Message } from './bus.ts'

/** A broker refuses batches over 1 MB; a batch holds what goes to one partition in one call. */
const MOST_BYTES = 512 * 1024

/** Cuts messages, in their order, so that what goes to one partition stays within what a broker takes. */
export const portions = (messages: readonly Message[]): Message[][] => {
  const all: Message[][] = [[]]
  let bytes = 0
  for (const message of messages) {
    if (bytes > 0 && bytes + message.value.length > MOST_BYTES) {
      all.push([])
      bytes = 0
    }
    all.at(-1)?.push(message)
    bytes += message.value.length
  }
  return all
}
