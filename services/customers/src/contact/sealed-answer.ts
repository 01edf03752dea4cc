import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { sensitiveFields } from '@saleswright/contracts'
import { ContactSchema } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import type { Sealer } from './sealed.ts'

type Answer = MessageInitShape<typeof ContactSchema>
type Change = (subject: string, text: string) => string

const PERSONAL = sensitiveFields(ContactSchema).map(({ localName }) => localName)

const changing = (answer: Answer, change: Change): Answer => {
  const contact = create(ContactSchema, answer)
  const changed = Object.entries(contact).flatMap(([field, text]) =>
    PERSONAL.includes(field) && typeof text === 'string' ? [[field, change(contact.contactId, text)]] : [],
  )
  return { ...contact, ...Object.fromEntries(changed) }
}

/** An answer with what the contract calls sensitive as `keyId.ct`, and back. */
export const sealedAnswer = (sealer: Sealer) => ({
  seal: (answer: Answer): Answer =>
    changing(answer, (subject, text) => {
      const { keyId, ct } = sealer.seal(subject, text)
      return `${keyId}.${ct}`
    }),
  open: (answer: Answer): Answer =>
    changing(answer, (subject, text) => {
      const [keyId = '', ct = ''] = text.split('.')
      return sealer.open(subject, { keyId, ct })
    }),
})
