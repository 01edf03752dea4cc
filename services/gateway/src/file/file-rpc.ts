import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import { type FileService, StoredFileSchema } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { companyScope, conflict } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import type { Repository, Store } from '@saleswright/store'
import { claim } from './claim.ts'
import { register, type StoredFile } from './stored-file.ts'

type Needs = { readonly store: Store; readonly files: Repository<StoredFile> }

export const fileRpc = ({ store, files }: Needs): Implementation<typeof FileService> => ({
  registerFile: async ({ fileId, name, contentType, size, sha256 }, call) => {
    const upload = { id: fileId, name, contentType, size: Number(size), sha256, uploadedAt: call.at }
    return store.answer(call, StoredFileSchema, async (tx) => {
      if (await tx.find(files, companyScope(call.actor.companyId), fileId)) throw conflict('file_exists')
      return fileView(tx.put(files, register(upload, call.actor.companyId, call.actor.id)))
    })
  },
  claimFiles: async ({ companyId, ...asked }, call) => {
    const refusals = await store.transact(call, (tx) => claim(tx, files, companyScope(companyId), asked))
    return { refusals: [...refusals] }
  },
  getFile: async ({ fileId }, call) => fileView(await files.get(scopeOf(call), fileId)),
})

const fileView = ({
  id,
  name,
  contentType,
  size,
  sha256,
  uploadedAt,
}: StoredFile): MessageInitShape<typeof StoredFileSchema> => ({
  fileId: id,
  name,
  contentType,
  size: BigInt(size),
  sha256,
  uploadedAt: instant(uploadedAt),
})
