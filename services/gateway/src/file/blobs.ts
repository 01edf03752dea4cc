import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unavailable } from '@saleswright/kernel'

/** Where the bytes of files lie: a folder, or later an object store. An id is a UUID, never a name from outside. */
export type Blobs = {
  /** Durable when it returns; what broke off half-way leaves nothing. `storage_full` while there is no room. */
  readonly write: (id: string, bytes: Readable) => Promise<void>
  /** Gives bytes another id, in place of what is there. Durable when it returns. */
  readonly move: (from: string, to: string) => Promise<void>
  readonly read: (id: string) => Readable
  readonly has: (id: string) => Promise<boolean>
  readonly remove: (id: string) => Promise<void>
  /** Of all that lies there, also of what broke off half-way and nobody cleared away. */
  readonly ids: () => AsyncGenerator<string>
  /** When something was last written under an id; undefined for one that nothing lies under. */
  readonly writtenAt: (id: string) => Promise<Date | undefined>
}

const FULL_PAUSE_SECONDS = 30
/** No room on the disk, or in what this user may have of it. */
const FULL = new Set(['ENOSPC', 'EDQUOT'])
const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && FULL.has(String(error.code))

/** What is not whole yet lies beside where it will. */
const HALF = '.part'
const halfOf = (path: string): string => `${path}${HALF}`
const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

export const folderBlobs = (folder: string): Blobs => {
  const pathOf = (id: string) => join(folder, id.slice(-2), id)
  const pathsOf = (id: string) => [pathOf(id), halfOf(pathOf(id))]
  return {
    async write(id, bytes) {
      const path = pathOf(id)
      const half = halfOf(path)
      try {
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
        await pipeline(bytes, createWriteStream(half, { flush: true, mode: 0o600 }))
        await rename(half, path)
        await syncFolder(join(path, '..'))
      } catch (error) {
        await rm(half, { force: true })
        throw isFull(error) ? unavailable('storage_full', FULL_PAUSE_SECONDS, { cause: error }) : error
      }
    },
    async move(from, to) {
      const path = pathOf(to)
      await mkdir(join(path, '..'), { recursive: true })
      await rename(pathOf(from), path)
      await syncFolder(join(path, '..'))
    },
    read: (id) => createReadStream(pathOf(id)),
    has: (id) =>
      stat(pathOf(id)).then(
        () => true,
        () => false,
      ),
    remove: async (id) => void (await Promise.all(pathsOf(id).map((path) => rm(path, { force: true })))),
    async *ids() {
      for (const shelf of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, shelf))) {
          const id = basename(name, HALF)
          if (ID.test(id) && shelf === id.slice(-2)) yield id
        }
      }
    },
    async writtenAt(id) {
      const found = await Promise.all(pathsOf(id).map((path) => stat(path).catch(orNothing)))
      const times = found.flatMap((one) => (one ? [one.mtimeMs] : []))
      return times.length > 0 ? new Date(Math.max(...times)) : undefined
    },
  }
}

const GONE = new Set(['ENOENT', 'ENOTDIR'])
const orNothing = (error: NodeJS.ErrnoException): undefined => {
  if (!GONE.has(error.code ?? '')) throw error
  return undefined
}
const namesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder).catch(orNothing)) ?? []

/** A new name is durable only when its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
