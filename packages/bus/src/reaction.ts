import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import type { Envelope } from './event.ts'
import type { Tx } from './tx.ts'

/** What a handler gets beside the event. Everything it writes goes through `tx`; it may run again from the start. */
export type EventContext = { readonly envelope: Envelope; readonly tx: Tx }

/** What is done for one type of event; `when` makes it. */
export type Handler = {
  readonly schema: DescMessage
  /** Decodes the bytes, and gives what applies them; bytes that are no such message throw at once. */
  readonly read: (data: Uint8Array) => (context: EventContext) => Promise<void>
}

/** A handler for one type of event. What it throws decides: `unavailable` is tried again for ever, anything else parks the event. */
export const when = <S extends DescMessage>(
  schema: S,
  apply: (event: MessageShape<S>, context: EventContext) => Promise<void>,
): Handler => ({
  schema,
  read: (data) => {
    const event = fromBinary(schema, data)
    return (context) => apply(event, context)
  },
})

/** Something that a service does with the events of others. Its group is `<service>.<name>`: a new name begins anew. */
export type Reaction = {
  readonly name: string
  /** Contexts, as in `topicOf`. */
  readonly from: readonly string[]
  readonly handlers: readonly Handler[]
}
