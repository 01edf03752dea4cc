import type { Base, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Finding, StoredFinding } from './finding.ts'
import type { Import } from './import.ts'

type ImportDocument = Omit<Import, keyof Base | 'id'>

const importFields = ({
  status,
  profile,
  dryRun,
  files,
  counts,
  requesterId,
  startedAt,
  finishedAt,
  failure,
}: ImportDocument): ImportDocument => ({
  status,
  profile,
  dryRun,
  files,
  counts,
  requesterId,
  startedAt,
  finishedAt,
  failure,
})

export const importMapping: Mapping<Import, ImportDocument> = {
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
      failure: String,
    },
    { versionKey: false, strict: 'throw', minimize: false },
  ).index({ status: 1 }),
  version: 1,
  document: importFields,
  record: importFields,
}

type FindingDocument = Finding & { readonly importId: string }

const findingFields = ({
  importId,
  file,
  line,
  column,
  outcome,
  value,
  message,
}: FindingDocument): FindingDocument => ({
  importId,
  file,
  line,
  column,
  outcome,
  value,
  message,
})

export const findingMapping: Mapping<StoredFinding, FindingDocument> = {
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
      message: String,
    },
    { versionKey: false, strict: 'throw' },
  ).index({ companyId: 1, importId: 1, outcome: 1, _id: -1 }),
  version: 1,
  document: findingFields,
  record: findingFields,
}
