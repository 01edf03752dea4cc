import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Blobs, folderBlobs } from '../src/file/blobs.ts'
import { aCompany } from './company.ts'
import type { Json } from './http.ts'
import { startPlatform } from './platform.ts'

/** Says to whoever writes to it that the disk is full. Not every system has it. */
const FULL = '/dev/full'

const platform = await startPlatform()
/** Writes to a folder as always, but where the bytes are to lie there is no room. */
const fullFolder = (folder: string): Blobs => {
  const blobs = folderBlobs(folder)
  const write: Blobs['write'] = async (id, bytes) => {
    const path = join(folder, id.slice(-2), `${id}.part`)
    await mkdir(join(path, '..'), { recursive: true })
    await symlink(FULL, path)
    return blobs.write(id, bytes)
  }
  return { ...blobs, write }
}
const { http } = await platform.open({ blobs: fullFolder(platform.files) })
const { root } = await aCompany(http)

test.skipIf(!existsSync(FULL)).each([1, 2_000_000])(
  'an upload of %i bytes for which there is no room is 503, says when to try again and leaves nothing',
  async (size) => {
    const form = new FormData()
    form.set('file', new Blob([randomBytes(size)]), 'a.bin')
    const headers = { authorization: `Bearer ${root}`, 'accept-language': 'en' }
    const response = await fetch(`${http.address}/v1/files`, { method: 'POST', body: form, headers })
    const { code, status, detail } = (await response.json()) as Json
    expect([response.status, status, code]).toEqual([503, 503, 'storage_full'])
    expect(response.headers.get('retry-after')).toBe('30')
    expect(detail).toMatch(/no room/)
    const left = readdirSync(platform.files, { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => !entry.isDirectory())).toEqual([])
  },
)
