import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Damaged } from './damage.ts'
import { openIfThere } from './wal.ts'

/**
 * `new`: the database was being made, and holds nothing yet. `running`: some commits may be in the log alone. `stopped`: everything
 * is in the database, and the log may be gone.
 */
type Phase = 'new' | 'running' | 'stopped'

const PHASES: readonly Phase[] = ['new', 'running', 'stopped']

/** What is known of a database from outside of it. */
export interface State {
  readonly phase: Phase
  /** The log that the last acknowledged commit went into, and how many of its frames were acknowledged. */
  readonly salts: readonly [number, number]
  readonly frames: number
  /** The size of the database when it was last written, in pages. */
  readonly pages: number
  readonly pageSize: number
}

const MAGIC = 0x53575353
const STATE_BYTES = 36
const SUMS_AT = 4096
/** What is written at once. */
const BLOCK = 4096
const BLOCK_SUMS = BLOCK / 4

const encodeState = ({ phase, salts, frames, pages, pageSize }: State): Buffer => {
  const bytes = Buffer.alloc(STATE_BYTES)
  const words = [MAGIC, 1, PHASES.indexOf(phase), salts[0], salts[1], frames, pages, pageSize]
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, i * 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, STATE_BYTES - 4)), STATE_BYTES - 4)
  return bytes
}

const decodeState = (bytes: Buffer): State | undefined => {
  if (bytes.length < STATE_BYTES || crc32(bytes.subarray(0, STATE_BYTES - 4)) !== bytes.readUInt32BE(STATE_BYTES - 4))
    return undefined
  const word = (i: number): number => bytes.readUInt32BE(i * 4)
  const phase = PHASES[word(2)]
  if (word(0) !== MAGIC || word(1) !== 1 || !phase) return undefined
  return { phase, salts: [word(3), word(4)], frames: word(5), pages: word(6), pageSize: word(7) }
}

/** The file beside a database that holds a checksum of each of its pages, and whether it was stopped in order. */
export interface PageSums {
  readonly state: () => State
  readonly sumOf: (page: number) => number
  /** Takes in what pages will be; durable when it returns. */
  readonly change: (sums: ReadonlyMap<number, number>, state: State) => void
  /** Durable, unless it is a mere note that more was acknowledged. */
  readonly note: (state: State, durable: boolean) => void
  readonly close: () => void
}

const readAll = (file: number): Buffer => {
  const bytes = Buffer.alloc(fstatSync(file).size)
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, bytes.length - at, at)
    if (read === 0) break
    at += read
  }
  return bytes
}

const writeAll = (file: number, bytes: Uint8Array, position: number): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at)
}

/** The sums as they are in memory: as many as whole blocks hold. */
const enlarged = (sums: Uint32Array, pages: number, blank: number): Uint32Array => {
  if (pages <= sums.length) return sums
  // One block more: a full disk then has room for the sums of what is in the log.
  const larger = new Uint32Array((Math.ceil(pages / BLOCK_SUMS) + 1) * BLOCK_SUMS).fill(blank)
  larger.set(sums)
  return larger
}

const bytesOf = (sums: Uint32Array, block: number): Uint8Array =>
  new Uint8Array(sums.buffer, sums.byteOffset + block * BLOCK, BLOCK)

const createSums = (file: number, first: State, stored: Uint32Array): PageSums => {
  let state = first
  let sums = stored
  // A page that was made and given back before it was ever written is a hole in the file.
  const blank = crc32(Buffer.alloc(first.pageSize))
  const writeState = (next: State): void => {
    writeAll(file, encodeState(next), 0)
    state = next
  }
  return {
    state: () => state,
    sumOf: (page) => sums[page - 1] ?? blank,
    change(changed, next) {
      const larger = enlarged(sums, next.pages, blank)
      const blocks = new Set<number>()
      for (let block = sums.length / BLOCK_SUMS; block < larger.length / BLOCK_SUMS; block++) blocks.add(block)
      for (const [page, sum] of changed) {
        larger[page - 1] = sum
        blocks.add(Math.floor((page - 1) / BLOCK_SUMS))
      }
      for (const block of blocks) writeAll(file, bytesOf(larger, block), SUMS_AT + block * BLOCK)
      // Only now: after a full disk the new blocks are written again.
      sums = larger
      writeState(next)
      fsyncSync(file)
    },
    note(next, durable) {
      writeState(next)
      if (durable) fsyncSync(file)
    },
    close: () => closeSync(file),
  }
}

const NOTHING = { salts: [0, 0], frames: 0, pages: 0 } as const

export const createPageSums = (path: string, pageSize: number): PageSums => {
  const file = openSync(path, 'w+', 0o600)
  const state: State = { ...NOTHING, phase: 'new', pageSize }
  try {
    // The whole first block at once, so that what is written into it later finds its room.
    writeAll(file, Buffer.concat([encodeState(state), Buffer.alloc(SUMS_AT - STATE_BYTES)]), 0)
    fsyncSync(file)
  } catch (error) {
    closeSync(file)
    throw error
  }
  return createSums(file, state, new Uint32Array(0))
}

/** Undefined when there is no such file; a damaged one is refused. */
export const openPageSums = (path: string): PageSums | undefined => {
  const file = openIfThere(path, 'r+')
  if (file === undefined) return undefined
  const bytes = readAll(file)
  const state = decodeState(bytes)
  if (!state || bytes.length < SUMS_AT || bytes.length % BLOCK !== 0) {
    closeSync(file)
    throw new Damaged(`${path} is damaged`)
  }
  const stored = new Uint32Array(bytes.buffer.slice(bytes.byteOffset + SUMS_AT, bytes.byteOffset + bytes.length))
  return createSums(file, state, stored)
}
