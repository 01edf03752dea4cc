import type { MessageInitShape } from '@bufbuild/protobuf'
import { fileRefs, fileRefusal, instant } from '@saleswright/contracts'
import {
  CreateImportRequestSchema,
  Import_Status,
  type ImportFindingSchema,
  ImportSchema,
  type ImportService,
} from '@saleswright/contracts/saleswright/gateway/v1/import_pb.ts'
import { etagOf, invalid, invalidField, newId } from '@saleswright/kernel'
import { type Implementation, scopeOf, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, type Repository, type Store } from '@saleswright/store'
import { claim } from '../file/claim.ts'
import type { StoredFile } from '../file/stored-file.ts'
import type { StoredFinding } from './finding.ts'
import type { Import, Status } from './import.ts'
import type { Profile } from './run.ts'

type Needs = {
  readonly store: Store
  readonly imports: Repository<Import>
  readonly findings: Repository<StoredFinding>
  readonly files: Repository<StoredFile>
  readonly profiles: ReadonlyMap<string, Profile>
  /** There is something to do. */
  readonly wake: () => void
}

/** A file may be imported again, after a dry run or a failure, and is nothing else. */
const FOR_IMPORTS = 'gateway/imports'

export const importRpc = (needs: Needs): Implementation<typeof ImportService> => {
  const { store, imports, findings, files, profiles, wake } = needs
  return {
    createImport: async (request, call) => {
      // Its rows are written for everybody, as `mayMigrate` has it: each would be rejected to whoever may less.
      const company = wholeCompany(call)
      const profile = profiles.get(request.profile)
      if (!profile) throw invalid('unknown_profile', { profile: request.profile })
      checkFiles(profile, request.files)
      const answer = await store.answer(call, ImportSchema, async (tx) => {
        const claims = fileRefs(CreateImportRequestSchema, request)
        const refusal = fileRefusal(claims, await claim(tx, files, company, { document: FOR_IMPORTS, claims }))
        if (refusal) throw refusal
        const { companyId, id: requesterId } = call.actor
        return importView(
          tx.put(imports, {
            id: newId(),
            version: 0,
            companyId,
            ownerId: requesterId,
            requesterId,
            status: 'queued',
            profile: profile.name,
            dryRun: request.dryRun,
            files: request.files.map(({ name, fileId }) => ({ name, fileId })),
            counts: {},
            startedAt: call.at,
          }),
        )
      })
      wake()
      return answer
    },
    getImport: async ({ importId }, call) => importView(await imports.get(scopeOf(call), importId)),
    listImports: async (request, call) => {
      const page = await imports.list(scopeOf(call), queryOf(request))
      return { imports: page.items.map(importView), ...pageFacts(page) }
    },
    listImportFindings: async (request, call) => {
      const { id } = await imports.get(scopeOf(call), request.importId)
      const page = await findings.list(scopeOf(call), queryOf(request, { importId: id, outcome: request.outcome }))
      return { findings: page.items.map(findingView), ...pageFacts(page) }
    },
  }
}

/** A file that the profile does not know, or a second one of a name, would not be read, and nobody would hear of it. */
const checkFiles = ({ files }: Profile, sent: readonly { readonly name: string }[]): void => {
  const names = sent.map(({ name }) => name)
  const missing = files.filter((name) => !names.includes(name))
  if (missing.length > 0) throw invalidField('files', 'import_file_missing', { file: missing.join(', ') })
  const odd = names.filter((name, index) => !files.includes(name) || names.indexOf(name) !== index)
  if (odd.length > 0) throw invalidField('files', 'import_file_unexpected', { file: odd.join(', ') })
}

const STATUS = {
  queued: Import_Status.QUEUED,
  running: Import_Status.RUNNING,
  done: Import_Status.DONE,
  failed: Import_Status.FAILED,
} as const satisfies Record<Status, Import_Status>

const importView = (record: Import): MessageInitShape<typeof ImportSchema> => ({
  importId: record.id,
  status: STATUS[record.status],
  profile: record.profile,
  dryRun: record.dryRun,
  files: record.files.map((file) => ({ ...file })),
  counts: Object.entries(record.counts).map(([file, count]) => ({ file, ...longs(count) })),
  startedAt: instant(record.startedAt),
  etag: etagOf(record),
  ...(record.finishedAt && { finishedAt: instant(record.finishedAt) }),
  ...(record.failure !== undefined && { failure: record.failure }),
})

const longs = <N extends string>(count: Readonly<Record<N, number>>): Record<N, bigint> =>
  Object.fromEntries(Object.entries<number>(count).map(([name, value]) => [name, BigInt(value)])) as Record<N, bigint>

const findingView = ({
  file,
  line,
  column,
  outcome,
  value,
  message,
}: StoredFinding): MessageInitShape<typeof ImportFindingSchema> => ({
  file,
  line: BigInt(line),
  column,
  outcome,
  value,
  message,
})
