import { File_Media } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { ClaimFilesResponse_Refusal_Reason as Reason } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import type { Scope } from '@saleswright/kernel'
import type { Repository, Tx } from '@saleswright/store'
import type { StoredFile } from './stored-file.ts'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic']

/** What the bytes of a file must be for what a document wants it for. */
const TYPES: ReadonlyMap<File_Media, readonly string[]> = new Map([
  [File_Media.IMAGE, IMAGES],
  [File_Media.PAPER, [...IMAGES, 'application/pdf']],
  // Bytes of another encoding are told line by line, by whoever reads them.
  [File_Media.TEXT, ['text/plain', 'application/octet-stream']],
])

/** Files for a document, which is told by what it is and its id: "orders/shipments/…". */
type Claim = {
  readonly document: string
  readonly claims: readonly { readonly fileId: string; readonly media: File_Media }[]
}
type Refusal = { readonly fileId: string; readonly reason: Reason }

/** Takes files into use for a document, so that they are kept (decisions 37) and serve no other: all of them, or where some cannot be none. */
export const claim = async (
  tx: Tx,
  files: Repository<StoredFile>,
  scope: Scope,
  { document, claims }: Claim,
): Promise<readonly Refusal[]> => {
  const ids = [...new Set(claims.map(({ fileId }) => fileId))]
  const found = new Map((await tx.findBy(files, scope, { _id: { $in: ids } })).map((file) => [file.id, file]))
  const refusals = claims.flatMap(({ fileId, media }) => {
    const reason = refusalOf(found.get(fileId), media, document)
    return reason === undefined ? [] : [{ fileId, reason }]
  })
  if (refusals.length > 0) return refusals
  for (const file of found.values()) {
    if (file.claimedBy !== document) tx.put(files, { ...file, use: 'claimed', claimedBy: document })
  }
  return []
}

const refusalOf = (file: StoredFile | undefined, media: File_Media, document: string): Reason | undefined => {
  if (!file || file.use === 'going') return Reason.MISSING
  if (!TYPES.get(media)?.includes(file.contentType)) return Reason.UNSUITED
  return file.use === 'claimed' && file.claimedBy !== document ? Reason.TAKEN : undefined
}
