import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unavailable } from '@saleswright/kernel'

/** Where the bytes of files lie: a folder, or later an object store. An id is a UUID, never a name from outside. */
export type Blobs = {
  /** Durable when it returns; what broke off half-way leaves nothing. `storage_full` while there is no room. */
  readonly write: (id: string, bytes: Readable) => Promise<void>
  readonly read: (id: string) => Readable
  readonly has: (id: string) => Promise<boolean>
  readonly remove: (id: string) => Promise<void>
}

const FULL_PAUSE_SECONDS = 30
/** No room on the disk, or in what this user may have of it. */
const FULL = new Set(['ENOSPC', 'EDQUOT'])
const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && FULL.has(String(error.code))

export const folderBlobs = (folder: string): Blobs => {
  const pathOf = (id: string) => join(folder, id.slice(-2), id)
  return {
    async write(id, bytes) {
      const path = pathOf(id)
      const half = `${path}.part`
      try {
        await mkdir(join(path, '..'), { recursive: true })
        await pipeline(bytes, createWriteStream(half, { flush: true }))
        await rename(half, path)
        await syncFolder(join(path, '..'))
      } catch (error) {
        await rm(half, { force: true })
        throw isFull(error) ? unavailable('storage_full', FULL_PAUSE_SECONDS, { cause: error }) : error
      }
    },
    read: (id) => createReadStream(pathOf(id)),
    has: (id) =>
      stat(pathOf(id)).then(
        () => true,
        () => false,
      ),
    remove: (id) => rm(pathOf(id), { force: true }),
  }
}

/** A new name is durable only when its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
