import type { Message } from '@bufbuild/protobuf'
import {
  type Customer_ChannelTier,
  CustomerService,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { type Aggregate, companyScope, newId, notFound } from '@saleswright/kernel'
import { bind, type Implementation } from '@saleswright/rpc'
import type { Context, Platform, ServiceDefinition } from '@saleswright/service'
import type { Mapping, Repository } from '@saleswright/store'
import { Schema } from 'mongoose'

type Subject = Aggregate & { readonly told: number }

const subjects: Mapping<Subject, { told: number }> = {
  name: 'subject',
  collection: 'subjects',
  schema: new Schema({ told: Number }),
  version: 1,
  document: ({ told }) => ({ told }),
  record: ({ told }) => ({ told }),
  reaches: [],
}

/** A service that tells events of its topic about records of its own, and answers what it is given to answer. */
const peer = (name: Context, companyId: string, bounds: ServiceDefinition['build']) => {
  let books: { readonly platform: Platform; readonly repository: Repository<Subject> }
  const definition: ServiceDefinition = {
    name,
    build: (given) => {
      books = { platform: given, repository: given.store.repository(subjects) }
      return { ...bounds(given), mappings: [subjects] }
    },
  }
  const tell = (id: string, event: Message): Promise<void> => {
    const { repository, platform } = books
    const { store, cause } = platform
    return store.transact(cause(), async (tx) => {
      const known = (await tx.find(repository, companyScope(companyId), id)) ?? { id, version: 0, companyId, told: 0 }
      tx.save(repository, { next: { ...known, told: known.told + 1 }, events: [event] })
    })
  }
  return { definition, tell }
}

/** As much of the organisation as orders asks for: where people sit. */
export const organizationOf = (companyId: string, rootUnitId: string) => {
  const seats = new Map<string, readonly string[]>()
  const directory: Implementation<typeof DirectoryService> = {
    lookUpPerson: async ({ personId }) => {
      const orgPath = seats.get(personId)
      if (!orgPath) throw notFound('person', personId)
      const seat = { orgUnitId: orgPath.at(-1) ?? '', orgPath: [...orgPath], positionId: newId(), from: '2017-01-01' }
      return { personId, displayName: '', places: [seat] }
    },
    lookUpUnit: async ({ orgUnitId }) => ({ orgUnitId, path: [orgUnitId] }),
    lookUpCompany: async () => ({ companyId, rootUnitId, currencyCode: 'CNY', timeZone: 'Asia/Shanghai' }),
    listDirectory: async () => ({}),
  }
  const seat = (orgPath: readonly string[], personId: string = newId()): string => {
    seats.set(personId, orgPath)
    return personId
  }
  return {
    ...peer('organization', companyId, () => ({ bounds: [bind(DirectoryService, directory)], mappings: [] })),
    seat,
  }
}

/** As much of the gateway as orders asks for: files that were uploaded. */
export const gatewayOf = (companyId: string) => {
  const uploaded = new Set<string>()
  const claims: (readonly string[])[] = []
  const refused = async () => {
    throw notFound('file', '')
  }
  const service: Implementation<typeof FileService> = {
    claimFiles: async (request) => {
      claims.push(request.fileIds)
      const missingIds = request.fileIds.filter((id) => request.companyId !== companyId || !uploaded.has(id))
      return { missingIds }
    },
    registerFile: refused,
    getFile: refused,
  }
  return {
    ...peer('gateway', companyId, () => ({ bounds: [bind(FileService, service)], mappings: [] })),
    /** What was asked for, call by call. */
    claims: (): readonly (readonly string[])[] => claims,
    upload: (fileId: string = newId()): string => {
      uploaded.add(fileId)
      return fileId
    },
  }
}

type File = { readonly ownerId: string; readonly channelTier?: Customer_ChannelTier; readonly creditLimit?: string }

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
      return { customerId, ownerId, etag: '1', ...(channelTier !== undefined && { channelTier }), ...credit }
    },
    createCustomer: refused,
    getCustomer: refused,
    updateCustomer: refused,
    listCustomers: refused,
    handOverCustomer: refused,
  }
  return {
    ...peer('customers', companyId, () => ({ bounds: [bind(CustomerService, service)], mappings: [] })),
    /** Opens or changes a file, which nobody is told of. */
    file: (facts: File, customerId: string = newId()): string => {
      files.set(customerId, facts)
      return customerId
    },
  }
}
