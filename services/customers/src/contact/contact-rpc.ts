import type { MessageInitShape } from '@bufbuild/protobuf'
import { patched } from '@saleswright/contracts'
import {
  ContactSchema,
  type ContactService,
  type UpdateContactRequest,
} from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import { etagOf, expectEtag, newId } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { type Contact, type Facts, meet, update } from './contact.ts'
import { sealedAnswer } from './sealed-answer.ts'

export const contactRpc = ({ store, contacts, customers, sealer }: Desk): Implementation<typeof ContactService> => {
  const { seal, open } = sealedAnswer(sealer)
  // The mark of a command keeps its answer for 30 days: what is personal in it lies there sealed too.
  const answer = async (call: Call, work: (tx: Tx) => Promise<Contact>) =>
    open(await store.answer(call, ContactSchema, async (tx) => seal(contactView(await work(tx)))))
  return {
    createContact: (request, call) =>
      answer(call, async (tx) => {
        const customer = await tx.get(customers, scopeOf(call), request.customerId)
        const facts = { ...factsIn(request), name: request.name }
        return tx.save(contacts, meet(newId(), customer, facts))
      }),
    getContact: async ({ contactId }, call) => contactView(await contacts.get(scopeOf(call), contactId)),
    updateContact: (request, call) =>
      answer(call, async (tx) => {
        const contact = await tx.get(contacts, scopeOf(call), request.contactId)
        expectEtag(contact, request.etag)
        return tx.save(contacts, update(contact, toldIn(request)))
      }),
    listContacts: async (request, call) => {
      const page = await contacts.list(scopeOf(call), queryOf(request, { customerId: request.customerId }))
      return { contacts: page.items.map(contactView), ...pageFacts(page) }
    },
  }
}

const factsIn = ({ phone, email, title, part }: Omit<Facts, 'name'>) => ({ phone, email, title, part })

const toldIn = (request: UpdateContactRequest) => ({
  name: request.name,
  phone: patched(request, 'phone'),
  email: patched(request, 'email'),
  title: patched(request, 'title'),
  part: patched(request, 'part'),
})

const contactView = (contact: Contact): MessageInitShape<typeof ContactSchema> => ({
  contactId: contact.id,
  customerId: contact.customerId,
  name: contact.name,
  ...factsIn(contact),
  etag: etagOf(contact),
})
