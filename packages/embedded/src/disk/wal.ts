import { closeSync, openSync, readSync } from 'node:fs'

const WAL_HEAD = 32
const FRAME_HEAD = 24
/** The lowest bit says in which byte order the checksums are computed. */
const MAGIC = 0x377f0682

interface Wal {
  pageSize: number
  bigEndian: boolean
  salts: Buffer
  sums: readonly [number, number]
}

type Sums = [number, number]

/** SQLite's checksum, over pairs of 32-bit words. */
const checksum = (bytes: Buffer, sums: Sums, bigEndian: boolean): void => {
  let [a, b] = sums
  for (let at = 0; at < bytes.length; at += 8) {
    const first = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
    const second = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)
    a = (a + first + b) >>> 0
    b = (b + second + a) >>> 0
  }
  sums[0] = a
  sums[1] = b
}

const readHead = (head: Buffer): Wal | undefined => {
  if (head.length < WAL_HEAD || (head.readUInt32BE(0) & ~1) >>> 0 !== MAGIC) return undefined
  const bigEndian = (head.readUInt32BE(0) & 1) === 1
  const sums: Sums = [0, 0]
  checksum(head.subarray(0, 24), sums, bigEndian)
  // A head that was torn was never followed by a commit: SQLite starts anew.
  if (sums[0] !== head.readUInt32BE(24) || sums[1] !== head.readUInt32BE(28)) return undefined
  return { pageSize: head.readUInt32BE(8), bigEndian, salts: Buffer.from(head.subarray(16, 24)), sums }
}

function* frames(file: number, size: number): Generator<Buffer> {
  const frame = Buffer.allocUnsafe(size)
  for (let at = WAL_HEAD; readSync(file, frame, 0, size, at) === size; at += size) yield frame
}

/** Commits that stand behind the first frame that is not as it was written. */
const commitsBehindDamage = (file: number, { pageSize, bigEndian, salts, sums: start }: Wal): number => {
  const sums: Sums = [...start]
  let isSound = true
  let commits = 0
  for (const frame of frames(file, FRAME_HEAD + pageSize)) {
    const isOurs = frame.subarray(8, 16).equals(salts)
    if (isSound && isOurs) {
      checksum(frame.subarray(0, 8), sums, bigEndian)
      checksum(frame.subarray(FRAME_HEAD), sums, bigEndian)
    }
    isSound &&= isOurs && sums[0] === frame.readUInt32BE(16) && sums[1] === frame.readUInt32BE(20)
    if (!isSound && isOurs && frame.readUInt32BE(4) > 0) commits++
  }
  return commits
}

const opened = (path: string): number | undefined => {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Refuses a log that is damaged in its middle. SQLite reads it up to the first damage and forgets the rest without a word: right for
 * a commit that was torn when the power went, wrong for those that were on the disk. Each commit is on the disk before the next begins,
 * so one behind the damage may be a torn tail; several are not.
 */
export const checkWal = (database: string): void => {
  const path = `${database}-wal`
  const file = opened(path)
  if (file === undefined) return
  try {
    const head = Buffer.alloc(WAL_HEAD)
    const wal = readHead(head.subarray(0, readSync(file, head, 0, WAL_HEAD, 0)))
    const lost = wal ? commitsBehindDamage(file, wal) : 0
    if (lost > 1) throw new Error(`${path} is damaged before its last ${lost} commits; it was left as it is`)
  } finally {
    closeSync(file)
  }
}
