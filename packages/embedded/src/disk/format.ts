import { closeSync, readSync } from 'node:fs'
import { openIfThere } from './wal.ts'

/** What a program knows of its file: who made it, in which form, and how it begins. */
export interface Format {
  applicationId: number
  version: number
  /** The version before, which is taken over: the same tables, without checksums of its pages. */
  older: number
  schema: string
}

const HEAD_BYTES = 100
const SIGNATURE = 'SQLite format 3\0'
const AT = { pageSize: 16, version: 60, application: 68 } as const

/** What the head of an SQLite file says. */
export interface FileHead {
  readonly pageSize: number
  readonly version: number
}

/** Undefined when there is no file; one of another program or version is refused in a sentence. */
export const readFileHead = (path: string, { applicationId, version, older }: Format): FileHead | undefined => {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  const head = Buffer.alloc(HEAD_BYTES)
  try {
    readSync(file, head, 0, HEAD_BYTES, 0)
  } finally {
    closeSync(file)
  }
  if (head.toString('latin1', 0, SIGNATURE.length) !== SIGNATURE)
    throw new Error(`${path} cannot be read and was left as it is: file is not a database`)
  const [application, found] = [head.readUInt32BE(AT.application), head.readUInt32BE(AT.version)]
  if (application !== applicationId || (found !== version && found !== older))
    throw new Error(`${path} has format ${application}/${found}; this version reads ${applicationId}/${version}`)
  const pageSize = head.readUInt16BE(AT.pageSize)
  return { version: found, pageSize: pageSize === 1 ? 65536 : pageSize }
}
