import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { StoredFinding } from './finding.ts'
import type { Import } from './import.ts'

const WORDS = { _id: false, type: { zh: String, en: String } }

export const importMapping: PlainMapping<Import> = {
  ...plain<Import>(),
  name: 'import',
  collection: 'imports',
  schema: new Schema(
    {
      status: { type: String, required: true },
      profile: { type: String, required: true },
      dryRun: { type: Boolean, required: true },
      files: { type: [{ _id: false, name: String, fileId: String }], required: true },
      counts: { type: Schema.Types.Mixed, required: true },
      requesterId: { type: String, required: true },
      startedAt: { type: Date, required: true },
      finishedAt: Date,
      failure: { _id: false, type: { code: String, file: String, column: String, words: WORDS } },
      beginning: String,
    },
    { versionKey: false, strict: 'throw', minimize: false },
  )
    .index({ status: 1 })
    .index({ companyId: 1, profile: 1, _id: 1 }),
  version: 1,
}

export const findingMapping: PlainMapping<StoredFinding> = {
  ...plain<StoredFinding>(),
  name: 'import_finding',
  collection: 'import_findings',
  schema: new Schema(
    {
      importId: { type: String, required: true },
      file: { type: String, required: true },
      line: { type: Number, required: true },
      column: String,
      outcome: { type: String, required: true },
      value: String,
      code: { type: String, required: true },
      words: { ...WORDS, required: true },
    },
    { versionKey: false, strict: 'throw' },
  ).index({ companyId: 1, importId: 1, outcome: 1, _id: -1 }),
  version: 1,
}
