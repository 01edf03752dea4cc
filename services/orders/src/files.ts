import type { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { invalid } from '@saleswright/kernel'
import type { Client } from '@saleswright/rpc'

/** What a field of a request names: `{ field: 'photoIds[0]', fileId }`. */
type Named = { readonly field: string; readonly fileId: string }

/** Uploaded files, as far as documents refer to them. */
export type Files = {
  /**
   * Takes them into use in one call, or none where nothing is named; `file_unknown` with each field that names none of the company's.
   * What a command claims that is refused later stays claimed: a file too many is better than a document without its file.
   */
  readonly claim: (companyId: string, named: readonly Named[]) => Promise<void>
}

export const files = (service: Client<typeof FileService>): Files => ({
  claim: async (companyId, named) => {
    if (named.length === 0) return
    const fileIds = [...new Set(named.map(({ fileId }) => fileId))]
    const missing = new Set((await service.claimFiles({ companyId, fileIds })).missingIds)
    const faults = named.filter(({ fileId }) => missing.has(fileId))
    if (faults.length === 0) return
    const violations = faults.map(({ field }) => ({ field, rule: 'file', message: 'must be a file that was uploaded' }))
    throw invalid('file_unknown', {}, violations)
  },
})
