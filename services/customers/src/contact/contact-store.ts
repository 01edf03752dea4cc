import type { Base, Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { ownFields } from '../intake/stored.ts'
import type { Contact } from './contact.ts'
import type { Sealed, Sealer } from './sealed.ts'

type Personal = 'name' | 'phone' | 'email'
type ContactDocument = Omit<Fields<Contact>, Personal> & {
  readonly name: Sealed
  readonly phone?: Sealed | undefined
  readonly email?: Sealed | undefined
}

const sealed = { type: { _id: false, ct: String, keyId: String } }

const schemaOf = () =>
  new Schema(
    {
      customerId: { type: String, required: true },
      name: { ...sealed, required: true },
      phone: sealed,
      email: sealed,
      title: String,
      part: String,
    },
    { versionKey: false, strict: 'throw' },
  ).index({ companyId: 1, customerId: 1, _id: -1 })

export const contactMapping = ({ seal, open }: Sealer): Mapping<Contact, ContactDocument> => ({
  name: 'contact',
  collection: 'contacts',
  schema: schemaOf(),
  version: 1,
  document: ({ name, phone, email, ...contact }) => ({
    ...ownFields(contact),
    name: seal(contact.id, name),
    phone: phone === undefined ? undefined : seal(contact.id, phone),
    email: email === undefined ? undefined : seal(contact.id, email),
  }),
  record: ({ name, phone, email, ...document }: ContactDocument & Base) => ({
    ...ownFields(document),
    name: open(document._id, name),
    phone: phone && open(document._id, phone),
    email: email && open(document._id, email),
  }),
  sensitive: ['name', 'phone', 'email'],
})
