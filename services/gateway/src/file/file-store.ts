import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { StoredFile } from './stored-file.ts'

const required = (type: StringConstructor | NumberConstructor | DateConstructor) => ({ type, required: true })

export const fileMapping: PlainMapping<StoredFile> = {
  ...plain<StoredFile>(),
  name: 'file',
  collection: 'files',
  schema: new Schema(
    {
      name: required(String),
      contentType: required(String),
      size: required(Number),
      sha256: required(String),
      uploadedAt: required(Date),
      use: required(String),
      claimedBy: String,
    },
    { versionKey: false, strict: 'throw' },
  ).index({ use: 1, uploadedAt: 1 }),
  version: 1,
  // Whoever records an upload chooses its id.
  uniques: { _id_: 'file_exists' },
}
