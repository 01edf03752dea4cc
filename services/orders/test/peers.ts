import type { Message } from '@bufbuild/protobuf'
import { File_Media } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import {
  type Customer_ChannelTier,
  CustomerService,
  PartnerAgreement_Orders_Intake,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import {
  ClaimFilesResponse_Refusal_Reason,
  type FileClaim,
  FileService,
} from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { newId, notFound } from '@saleswright/kernel'
import { type Bound, bind, type Implementation } from '@saleswright/rpc'
import type { Context } from '@saleswright/service'
import { peer, standInDirectory } from '@saleswright/testing'

/** Of one company, about one record at a time. */
const peerOf = (name: Context, companyId: string, bound: Bound) => {
  const { definition, tell } = peer(name, { bounds: [bound] })
  return {
    definition,
    tell: (aggregateId: string, event: Message): Promise<void> => tell(companyId, { aggregateId, event }),
  }
}

/** As much of the organisation as orders asks for: where people sit. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const directory = standInDirectory({ companyId, rootUnitId })
  return {
    ...peerOf('organization', companyId, directory.bound),
    authorise: directory.authorise,
    /** Puts a person onto a unit, since the first of January 2017. */
    seat: (orgPath: readonly string[]): string =>
      directory.person({ name: '', seats: [{ orgPath, from: '2017-01-01' }] }),
  }
}

/** As much of the gateway as orders asks for: files that were uploaded. */
export const gatewayOf = (companyId: string) => {
  const uploaded = new Map<string, { readonly media: File_Media; document?: string }>()
  const claims: (readonly string[])[] = []
  const { MISSING, UNSUITED, TAKEN } = ClaimFilesResponse_Refusal_Reason
  const refused = async () => {
    throw notFound('file', '')
  }
  const service: Implementation<typeof FileService> = {
    claimFiles: async (request) => {
      claims.push(request.claims.map(({ fileId }) => fileId))
      const reasonOf = ({ fileId, media }: FileClaim) => {
        const file = uploaded.get(fileId)
        if (!file || request.companyId !== companyId) return MISSING
        if (media === File_Media.IMAGE && file.media !== media) return UNSUITED
        return (file.document ?? request.document) === request.document ? undefined : TAKEN
      }
      const reasons = request.claims.map((claim) => ({ fileId: claim.fileId, reason: reasonOf(claim) }))
      const refusals = reasons.flatMap(({ fileId, reason }) => (reason === undefined ? [] : [{ fileId, reason }]))
      for (const { fileId } of refusals.length > 0 ? [] : request.claims) {
        uploaded.set(fileId, { media: File_Media.IMAGE, ...uploaded.get(fileId), document: request.document })
      }
      return { refusals }
    },
    registerFile: refused,
    getFile: refused,
  }
  return {
    ...peerOf('gateway', companyId, bind(FileService, service)),
    /** What was asked for, call by call. */
    claims: (): readonly (readonly string[])[] => claims,
    upload: (media: File_Media = File_Media.IMAGE): string => {
      const fileId = newId()
      uploaded.set(fileId, { media })
      return fileId
    },
  }
}

type File = {
  readonly ownerId: string
  readonly channelTier?: Customer_ChannelTier
  readonly creditLimit?: string
  /** Of a channel partner; automatic unless it says otherwise. */
  readonly agreement?: 'automatic' | 'sales_confirms' | 'none'
}

const agreementsOf = ({ channelTier, agreement = 'automatic' }: File) => {
  if (channelTier === undefined || agreement === 'none') return []
  const { AUTOMATIC, SALES_CONFIRMS } = PartnerAgreement_Orders_Intake
  return [
    {
      tier: channelTier,
      orderIntake: agreement === 'automatic' ? AUTOMATIC : SALES_CONFIRMS,
      activeFrom: '2017-01-01',
    },
  ]
}

/** As much of the customer files as orders asks for. */
export const customersOf = (companyId: string) => {
  const files = new Map<string, File>()
  const refused = async () => {
    throw notFound('customer', '')
  }
  const service: Implementation<typeof CustomerService> = {
    lookUpCustomer: async ({ customerId }) => {
      const file = files.get(customerId)
      if (!file) throw notFound('customer', customerId)
      const { ownerId, channelTier, creditLimit } = file
      const credit = creditLimit !== undefined && { creditLimit: { currencyCode: 'CNY', amount: creditLimit } }
      return {
        customerId,
        ownerId,
        etag: '1',
        agreements: agreementsOf(file),
        ...(channelTier !== undefined && { channelTier }),
        ...credit,
      }
    },
    createCustomer: refused,
    getCustomer: refused,
    updateCustomer: refused,
    listCustomers: refused,
    handOverCustomer: refused,
    acceptHandover: refused,
    setPartnerAgreement: refused,
    endPartnerAgreement: refused,
  }
  return {
    ...peerOf('customers', companyId, bind(CustomerService, service)),
    /** Opens or changes a file, which nobody is told of. */
    file: (facts: File, customerId: string = newId()): string => {
      files.set(customerId, facts)
      return customerId
    },
  }
}
