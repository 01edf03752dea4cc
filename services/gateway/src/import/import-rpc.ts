import { fileRefs, fileRefusal } from '@saleswright/contracts'
import {
  type CreateImportRequest,
  CreateImportRequestSchema,
  ImportSchema,
  type ImportService,
} from '@saleswright/contracts/saleswright/gateway/v1/import_pb.ts'
import { expectEtag, forbidden, invalid, invalidField, newId } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, type Repository, type Store } from '@saleswright/store'
import { claim } from '../file/claim.ts'
import type { StoredFile } from '../file/stored-file.ts'
import type { StoredFinding } from './finding.ts'
import { cancel, type Import } from './import.ts'
import { findingView, importView } from './import-view.ts'
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
      expectPermitted(profile, call)
      checkFiles(profile, request.files)
      const answer = await store.answer(call, ImportSchema, async (tx) => {
        const claims = fileRefs(CreateImportRequestSchema, request)
        const refusal = fileRefusal(claims, await claim(tx, files, company, { document: FOR_IMPORTS, claims }))
        if (refusal) throw refusal
        return importView(tx.put(imports, queued(request, profile, call)), call.language)
      })
      wake()
      return answer
    },
    cancelImport: (request, call) =>
      store.answer(call, ImportSchema, async (tx) => {
        const record = await tx.get(imports, scopeOf(call), request.importId)
        expectEtag(record, request.etag)
        const cancelled = cancel(record, tx.at)
        return importView(cancelled === record ? record : tx.put(imports, cancelled), call.language)
      }),
    getImport: async ({ importId }, call) => importView(await imports.get(scopeOf(call), importId), call.language),
    listImports: async (request, call) => {
      const page = await imports.list(scopeOf(call), queryOf(request))
      return { imports: page.items.map((record) => importView(record, call.language)), ...pageFacts(page) }
    },
    listImportFindings: async (request, call) => {
      const { id } = await imports.get(scopeOf(call), request.importId)
      const page = await findings.list(scopeOf(call), queryOf(request, { importId: id, outcome: request.outcome }))
      return { findings: page.items.map((finding) => findingView(finding, call.language)), ...pageFacts(page) }
    },
  }
}

const queued = ({ dryRun, files }: CreateImportRequest, { name }: Profile, { actor, at }: Call): Import => ({
  id: newId(),
  version: 0,
  companyId: actor.companyId,
  ownerId: actor.id,
  requesterId: actor.id,
  status: 'queued',
  profile: name,
  dryRun,
  files: files.map(({ name: file, fileId }) => ({ name: file, fileId })),
  counts: {},
  startedAt: at,
})

/** Whoever may begin an import may do all of it: else its rows would be refused one by one, half of what they stand for being there. */
const expectPermitted = ({ needs }: Profile, { actor }: Call): void => {
  const missing = needs.filter((permission) => actor.grants.get(permission) !== 'company')
  if (missing.length === 0) return
  const permissions = missing.map((permission) => `${permission}@company`).join(', ')
  throw forbidden('import_permissions_missing', { permissions })
}

/** A file that the profile does not know, or a second one of a name, would not be read, and nobody would hear of it. */
const checkFiles = ({ files }: Profile, sent: readonly { readonly name: string }[]): void => {
  const names = sent.map(({ name }) => name)
  const missing = files.filter((name) => !names.includes(name))
  if (missing.length > 0) throw invalidField('files', 'import_file_missing', { file: missing.join(', ') })
  const odd = names.filter((name, index) => !files.includes(name) || names.indexOf(name) !== index)
  if (odd.length > 0) throw invalidField('files', 'import_file_unexpected', { file: odd.join(', ') })
}
