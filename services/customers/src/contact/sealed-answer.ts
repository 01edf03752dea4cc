import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { sensitiveFields } from '@saleswright/contracts'
import { ContactSchema } from '@saleswright/contracts/saleswright/customers/v1/contact_pb.ts'
import type { SealedAt, Sealer } from '@saleswright/store'

type Answer = MessageInitShape<typeof ContactSchema>
type Change = (at: SealedAt, text: string) => string

const PERSONAL = sensitiveFields(ContactSchema).map(({ localName }) => localName)

const changing = (answer: Answer, change: Change): Answer => {
  const contact = create(ContactSchema, answer)
  const changed = Object.entries(contact).flatMap(([field, text]) =>
    PERSONAL.includes(field) && typeof text === 'string'
      ? [[field, change({ subject: contact.contactId, field }, text)]]
      : [],
  )
  return { ...contact, ...Object.fromEntries(changed) }
}

/** An answer with what the contract calls sensitive as `keyId.ct`, and back. */
export const sealedAnswer = (sealer: Sealer) => ({
  seal: (answer: Answer): Answer =>
    changing(answer, (at, text) => {
      const { keyId, ct } = sealer.seal(at, text)
      return `${keyId}.${ct}`
    }),
  open: (answer: Answer): Answer =>
    changing(answer, (at, text) => {
      const [keyId = '', ct = ''] = text.split('.')
      return sealer.open(at, { keyId, ct })
    }),
})
