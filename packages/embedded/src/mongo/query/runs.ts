import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../bson/document.ts'

/** Something to sort: what it is ordered by, and what it is. */
export interface Entry {
  order: Bytes
  key: Bytes
  bytes: Bytes
}

/** Sorted entries, read one after the other. */
export type Run = Iterator<Entry>

const HEAD = 12
const READ_BYTES = 128 * 1024

export const sizeOf = ({ order, key, bytes }: Entry): number => HEAD + order.length + key.length + bytes.length

const packed = (run: readonly Entry[]): Buffer => {
  const out = Buffer.allocUnsafe(run.reduce((sum, entry) => sum + sizeOf(entry), 0))
  let at = 0
  for (const { order, key, bytes } of run) {
    for (const part of [order, key, bytes]) at = out.writeUInt32LE(part.length, at)
    for (const part of [order, key, bytes]) {
      out.set(part, at)
      at += part.length
    }
  }
  return out
}

/** A window on a part of the file, moved forward as it is read. */
const createWindow = (file: number, from: number, to: number) => {
  let window: Buffer = Buffer.alloc(0)
  let next = from
  return (length: number): Buffer | undefined => {
    if (window.length < length) {
      const more = Buffer.allocUnsafe(Math.min(to - next, Math.max(READ_BYTES, length)))
      const read = more.length > 0 ? readSync(file, more, 0, more.length, next) : 0
      next += read
      window = Buffer.concat([window, more.subarray(0, read)])
    }
    if (window.length < length) return undefined
    const taken = window.subarray(0, length)
    window = window.subarray(length)
    return taken
  }
}

function* unpacked(file: number, from: number, to: number): Generator<Entry> {
  const take = createWindow(file, from, to)
  for (let head = take(HEAD); head; head = take(HEAD)) {
    const [order, key, bytes] = [0, 4, 8].map((at) => take(head.readUInt32LE(at)))
    if (order && key && bytes) yield { order, key, bytes }
  }
}

/** Where runs lie that memory has no room for. The file has no name any more, so it goes with the process, however that ends. */
export interface Spill {
  put: (run: readonly Entry[]) => Run
  close: () => void
}

let made = 0

export const createSpill = (folder: string): Spill => {
  let file: number | undefined
  let end = 0
  const open = (): number => {
    const path = join(folder, `sort-${process.pid}-${++made}.tmp`)
    const opened = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return opened
  }
  return {
    put(run) {
      const bytes = packed(run)
      file ??= open()
      const from = end
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, from + done)
      end = from + bytes.length
      return unpacked(file, from, end)
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

type Head = { readonly entry: Entry; readonly run: Run; readonly place: number }

/** Equal entries come in the order of their runs, so that the sort is stable. */
const before = (a: Head, b: Head): boolean => (Buffer.compare(a.entry.order, b.entry.order) || a.place - b.place) < 0

const sink = (heap: Head[], from: number): void => {
  let at = from
  for (;;) {
    let least = at
    for (const child of [at * 2 + 1, at * 2 + 2]) {
      const [candidate, best] = [heap[child], heap[least]]
      if (candidate && best && before(candidate, best)) least = child
    }
    const [here, there] = [heap[at], heap[least]]
    if (least === at || !here || !there) return
    heap[at] = there
    heap[least] = here
    at = least
  }
}

/** Merges sorted runs. */
export function* merge(runs: readonly Run[]): Generator<Entry> {
  const heap: Head[] = []
  for (const [place, run] of runs.entries()) {
    const first = run.next()
    if (!first.done) heap.push({ entry: first.value, run, place })
  }
  for (let at = heap.length >> 1; at >= 0; at--) sink(heap, at)
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.entry
    const next = top.run.next()
    const last = next.done ? heap.pop() : { ...top, entry: next.value }
    if (last && heap.length > 0) heap[0] = last
    sink(heap, 0)
  }
}
