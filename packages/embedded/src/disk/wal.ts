import { closeSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'

const WAL_HEAD = 32
const FRAME_HEAD = 24
/** The lowest bit says in which byte order the checksums are computed. */
const MAGIC = 0x377f0682
/** Frames that are read in one go. */
const CHUNK_FRAMES = 64

type Sums = [number, number]

/** The head of a log. Each time SQLite begins it anew, the first salt is one more, and the second is drawn. */
export interface WalHead {
  readonly pageSize: number
  readonly bigEndian: boolean
  readonly salts: readonly [number, number]
  readonly sums: readonly [number, number]
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** SQLite's checksum, over pairs of 32-bit words. */
const checksum = (bytes: Buffer, sums: Sums, bigEndian: boolean): void => {
  let [a, b] = sums
  if (bytes.byteOffset % 4 === 0 && bigEndian !== IS_LITTLE_ENDIAN) {
    // Four times as fast, and what every log of this machine is.
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    for (let i = 0; i < words.length; i += 2) {
      a = (a + (words[i] ?? 0) + b) | 0
      b = (b + (words[i + 1] ?? 0) + a) | 0
    }
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at < bytes.length; at += 8) {
      a = (a + view.getUint32(at, !bigEndian) + b) | 0
      b = (b + view.getUint32(at + 4, !bigEndian) + a) | 0
    }
  }
  sums[0] = a >>> 0
  sums[1] = b >>> 0
}

/** Undefined when it is not a head that SQLite wrote. */
export const readHead = (file: number): WalHead | undefined => {
  const head = Buffer.alloc(WAL_HEAD)
  if (readSync(file, head, 0, WAL_HEAD, 0) < WAL_HEAD || (head.readUInt32BE(0) & ~1) >>> 0 !== MAGIC) return undefined
  const bigEndian = (head.readUInt32BE(0) & 1) === 1
  const sums: Sums = [0, 0]
  checksum(head.subarray(0, 24), sums, bigEndian)
  if (sums[0] !== head.readUInt32BE(24) || sums[1] !== head.readUInt32BE(28)) return undefined
  return { pageSize: head.readUInt32BE(8), bigEndian, salts: [head.readUInt32BE(16), head.readUInt32BE(20)], sums }
}

/** What the committed frames of a log hold. */
interface Logged {
  /** How many frames are sound, up to a commit. */
  frames: number
  /** The size of the database after the last commit, in pages. */
  pages: number
  /** The checksum of the last state of each page. */
  readonly sums: Map<number, number>
}

/** Reads a log on from where it was. */
export interface WalReader {
  readonly head: WalHead
  readonly logged: Logged
  /** To the end of what is sound, by the chain of checksums that SQLite wrote. */
  readSound: () => void
  /** Up to this commit, which was just written; false when it is not there. */
  follow: (upTo: number) => boolean
  /** Commits beyond the first frame that is not as it was written. */
  commitsBeyond: () => number
}

function* framesOf(file: number, size: number, from: number, to: number): Generator<Buffer> {
  const chunk = Buffer.allocUnsafe(size * CHUNK_FRAMES)
  for (let at = from; at < to; at += CHUNK_FRAMES) {
    const wanted = Math.min(CHUNK_FRAMES, to - at) * size
    const read = readSync(file, chunk, 0, wanted, WAL_HEAD + at * size)
    for (let start = 0; start + size <= read; start += size) yield chunk.subarray(start, start + size)
    if (read < wanted) return
  }
}

export const createWalReader = (file: number, head: WalHead): WalReader => {
  const size = FRAME_HEAD + head.pageSize
  const logged: Logged = { frames: 0, pages: 0, sums: new Map() }
  const isOurs = (frame: Buffer): boolean =>
    frame.readUInt32BE(8) === head.salts[0] && frame.readUInt32BE(12) === head.salts[1]
  const isSound = (frame: Buffer, sums: Sums): boolean => {
    if (!isOurs(frame)) return false
    checksum(frame.subarray(0, 8), sums, head.bigEndian)
    checksum(frame.subarray(FRAME_HEAD), sums, head.bigEndian)
    return sums[0] === frame.readUInt32BE(16) && sums[1] === frame.readUInt32BE(20)
  }
  const readWhile = (upTo: number, mayGoOn: (frame: Buffer) => boolean): void => {
    const pending = new Map<number, number>()
    let at = logged.frames
    for (const frame of framesOf(file, size, at, upTo)) {
      if (!mayGoOn(frame)) return
      at++
      pending.set(frame.readUInt32BE(0), crc32(frame.subarray(FRAME_HEAD)))
      const pages = frame.readUInt32BE(4)
      if (pages === 0) continue
      logged.frames = at
      logged.pages = pages
      for (const [page, sum] of pending) logged.sums.set(page, sum)
      pending.clear()
    }
  }
  return {
    head,
    logged,
    readSound() {
      const sums: Sums = [...head.sums]
      readWhile(Number.MAX_SAFE_INTEGER, (frame) => isSound(frame, sums))
    },
    follow(upTo) {
      readWhile(upTo, isOurs)
      return logged.frames === upTo
    },
    commitsBeyond() {
      let commits = 0
      for (const frame of framesOf(file, size, logged.frames, Number.MAX_SAFE_INTEGER))
        if (isOurs(frame) && frame.readUInt32BE(4) > 0) commits++
      return commits
    },
  }
}

/** Undefined when there is no such file. */
export const openIfThere = (path: string, flags = 'r'): number | undefined => {
  try {
    return openSync(path, flags)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Reads the whole log with `use`, which gets undefined where there is none or its head is not one that SQLite wrote. */
export const withWal = <T>(path: string, use: (reader: WalReader | undefined, isThere: boolean) => T): T => {
  const file = openIfThere(path)
  if (file === undefined) return use(undefined, false)
  try {
    const head = readHead(file)
    return use(head && createWalReader(file, head), true)
  } finally {
    closeSync(file)
  }
}
