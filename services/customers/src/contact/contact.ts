import { create } from '@bufbuild/protobuf'
import { ContactChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import type { Aggregate, Decision } from '@saleswright/kernel'

/** Whose it is, and where that person sits. */
type Place = Required<Pick<Aggregate, 'ownerId' | 'unitId' | 'orgPath'>>

/** A person at a customer. Name, phone and address of mail are personal: no event tells them (R150). */
export type Contact = Aggregate &
  Place & {
    readonly customerId: string
    readonly name: string
    readonly phone?: string | undefined
    readonly email?: string | undefined
    readonly title?: string | undefined
    /** What part the contact plays in a decision to buy. */
    readonly part?: string | undefined
  }

export type Facts = Pick<Contact, 'name' | 'phone' | 'email' | 'title' | 'part'>

const telling = (next: Contact): Decision<Contact> => ({
  next,
  events: [create(ContactChangedSchema, { contactId: next.id, customerId: next.customerId })],
})

/** A contact is where its customer is. */
export const meet = (id: string, customer: Aggregate & Place, facts: Facts): Decision<Contact> => {
  const { companyId, id: customerId, ownerId, unitId, orgPath } = customer
  return telling({ id, version: 0, companyId, customerId, ownerId, unitId, orgPath, ...facts })
}

const FACTS = ['name', 'phone', 'email', 'title', 'part'] as const satisfies readonly (keyof Facts)[]

/** What is told of a contact; null where something is no longer so. */
type Told = { readonly [F in Exclude<keyof Facts, 'name'>]: Facts[F] | null } & { readonly name?: string | undefined }

/** Takes over what is told. */
export const update = (contact: Contact, told: Told): Decision<Contact> => {
  const changes = FACTS.filter((fact) => told[fact] !== undefined && (told[fact] ?? undefined) !== contact[fact])
  if (changes.length === 0) return { next: contact, events: [] }
  return telling({ ...contact, ...Object.fromEntries(changes.map((fact) => [fact, told[fact] ?? undefined])) })
}

export const place = (contact: Contact, at: Place): Decision<Contact> => telling({ ...contact, ...at })
