import type { MessageInitShape } from '@bufbuild/protobuf'
import { ContactSchema, type ContactService } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import { etagOf, expectEtag, newId } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import { pageFacts, queryOf } from '../intake/lists.ts'
import { type Contact, type Facts, meet, update } from './contact.ts'

export const contactRpc = ({ store, contacts, customers }: Desk): Implementation<typeof ContactService> => ({
  createContact: (request, call) =>
    store.answer(call, ContactSchema, async (tx) => {
      const customer = await tx.get(customers, scopeOf(call), request.customerId)
      return contactView(tx.save(contacts, meet(newId(), customer, { ...factsIn(request), name: request.name.trim() })))
    }),
  getContact: async ({ contactId }, call) => contactView(await contacts.get(scopeOf(call), contactId)),
  updateContact: (request, call) =>
    store.answer(call, ContactSchema, async (tx) => {
      const contact = await tx.get(contacts, scopeOf(call), request.contactId)
      expectEtag(contact, request.etag)
      return contactView(tx.save(contacts, update(contact, { ...factsIn(request), name: request.name?.trim() })))
    }),
  listContacts: async (request, call) => {
    const page = await contacts.list(scopeOf(call), queryOf(request, { customerId: request.customerId }))
    return { contacts: page.items.map(contactView), ...pageFacts(page) }
  },
})

const factsIn = ({ phone, email, title, part }: Omit<Facts, 'name'>) => ({ phone, email, title, part })

const contactView = (contact: Contact): MessageInitShape<typeof ContactSchema> => ({
  contactId: contact.id,
  customerId: contact.customerId,
  name: contact.name,
  ...factsIn(contact),
  etag: etagOf(contact),
})
