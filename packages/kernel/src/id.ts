import { randomFillSync } from 'node:crypto'
import { v5, v7 } from 'uuid'

/** Random bytes are drawn for many ids at once: one by one, drawing costs more than all the rest. */
const ID_BYTES = 16
const drawn = new Uint8Array(256 * ID_BYTES)
let used = drawn.length

const randomBytes = (): Uint8Array => {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += ID_BYTES
  return drawn.subarray(used - ID_BYTES, used)
}

let last = { msecs: 0, seq: 0 }

/** A new id: UUIDv7, rising within a process, so that the newest rows lie together. */
export const newId = (): string => {
  const random = randomBytes()
  const now = Date.now()
  // 31 random bits, of 32, leave room to count on from: within a millisecond, and where the clock was set back (RFC 9562, 6.2).
  const fresh = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1
  last = now > last.msecs ? { msecs: now, seq: fresh } : { msecs: last.msecs, seq: last.seq + 1 }
  return v7({ random, ...last })
}

const NAMESPACE = '6f1d6d0e-3c0b-4a52-9a53-0d0b5f6a7c11'

/** The same id for the same words, always: for the steps of a larger command and for cases that must not open twice. */
export const derivedId = (...words: readonly string[]): string => v5(words.join('|'), NAMESPACE)
