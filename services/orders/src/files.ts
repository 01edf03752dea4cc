import type { DescMessage, MessageShape } from '@bufbuild/protobuf'
import { fileRefs, fileRefusal } from '@saleswright/contracts'
import type { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import type { Client } from '@saleswright/rpc'

/** Uploaded files, as far as documents refer to them. */
export type Files = {
  /**
   * Takes all files that a request names into use for a document of the company, in one call, or none where nothing is named. Refused with
   * each field that names none, one of another kind, or one of another document (decision 54). What a command claims that is refused later
   * stays claimed: a file too many is better than a document without its file.
   */
  readonly claim: <D extends DescMessage>(
    document: { readonly companyId: string; readonly name: string },
    schema: D,
    request: MessageShape<D>,
  ) => Promise<void>
}

export const files = (service: Client<typeof FileService>): Files => ({
  claim: async ({ companyId, name }, schema, request) => {
    const refs = fileRefs(schema, request)
    if (refs.length === 0) return
    const claims = refs.map(({ fileId, media }) => ({ fileId, media }))
    const { refusals } = await service.claimFiles({ companyId, document: name, claims })
    const refusal = fileRefusal(refs, refusals)
    if (refusal) throw refusal
  },
})
