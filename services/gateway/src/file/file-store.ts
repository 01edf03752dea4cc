import type { Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { StoredFile } from './stored-file.ts'

type FileDocument = Pick<StoredFile, 'name' | 'contentType' | 'size' | 'sha256' | 'uploadedAt'>

const fieldsOf = ({ name, contentType, size, sha256, uploadedAt }: FileDocument): FileDocument => ({
  name,
  contentType,
  size,
  sha256,
  uploadedAt,
})

const required = (type: StringConstructor | NumberConstructor | DateConstructor) => ({ type, required: true })

export const fileMapping: Mapping<StoredFile, FileDocument> = {
  name: 'file',
  collection: 'files',
  schema: new Schema(
    {
      name: required(String),
      contentType: required(String),
      size: required(Number),
      sha256: required(String),
      uploadedAt: required(Date),
    },
    { versionKey: false, strict: 'throw' },
  ),
  version: 1,
  document: fieldsOf,
  record: fieldsOf,
}
