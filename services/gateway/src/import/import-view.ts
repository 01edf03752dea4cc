import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant, type Language } from '@saleswright/contracts'
import {
  Import_Status,
  type ImportFindingSchema,
  type ImportSchema,
} from '@saleswright/contracts/saleswright/gateway/v1/import_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { StoredFinding } from './finding.ts'
import type { Import, Status } from './import.ts'
import { inLanguage } from './words.ts'

const STATUS = {
  queued: Import_Status.QUEUED,
  running: Import_Status.RUNNING,
  done: Import_Status.DONE,
  failed: Import_Status.FAILED,
  cancelled: Import_Status.CANCELLED,
} as const satisfies Record<Status, Import_Status>

export const importView = (record: Import, language: Language): MessageInitShape<typeof ImportSchema> => ({
  importId: record.id,
  status: STATUS[record.status],
  profile: record.profile,
  dryRun: record.dryRun,
  files: record.files.map((file) => ({ ...file })),
  counts: Object.entries(record.counts).map(([file, count]) => ({ file, ...longs(count) })),
  startedAt: instant(record.startedAt),
  etag: etagOf(record),
  ...(record.finishedAt && { finishedAt: instant(record.finishedAt) }),
  ...(record.failure && { failure: failureView(record.failure, language) }),
})

const failureView = ({ words, ...failure }: NonNullable<Import['failure']>, language: Language) => ({
  ...failure,
  message: inLanguage(words, language),
})

const longs = <N extends string>(count: Readonly<Record<N, number>>): Record<N, bigint> =>
  Object.fromEntries(Object.entries<number>(count).map(([name, value]) => [name, BigInt(value)])) as Record<N, bigint>

export const findingView = (
  { file, line, column, outcome, value, code, words }: StoredFinding,
  language: Language,
): MessageInitShape<typeof ImportFindingSchema> => ({
  file,
  line: BigInt(line),
  column,
  outcome,
  value,
  code,
  message: inLanguage(words, language),
})
