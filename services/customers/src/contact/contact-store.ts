import { type Base, type Fields, type Mapping, ownFields, type Sealed, type Sealer } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Contact } from './contact.ts'

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
    name: seal({ subject: contact.id, field: 'name' }, name),
    phone: phone === undefined ? undefined : seal({ subject: contact.id, field: 'phone' }, phone),
    email: email === undefined ? undefined : seal({ subject: contact.id, field: 'email' }, email),
  }),
  record: ({ name, phone, email, ...document }: ContactDocument & Base) => ({
    ...ownFields(document),
    name: open({ subject: document._id, field: 'name' }, name),
    phone: phone && open({ subject: document._id, field: 'phone' }, phone),
    email: email && open({ subject: document._id, field: 'email' }, email),
  }),
  sensitive: ['name', 'phone', 'email'],
})
