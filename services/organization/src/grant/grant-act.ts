import {
  type DescMessage,
  type DescMethod,
  fromJson,
  type JsonObject,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from '@bufbuild/protobuf'
import { accessOf } from '@saleswright/contracts'
import { conflict } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { type GrantingCall, NeedsSecondPerson } from './expect-covered.ts'
import { openGrantCase } from './grant-case.ts'

/** An act that may give rights, so that it can be done at once or when a second person has agreed. */
export type GrantAct<I extends DescMessage, O extends DescMessage> = {
  readonly method: DescMethod & { readonly input: I }
  /** What the answer is kept as. */
  readonly answer: O
  readonly subject: (request: MessageShape<I>) => string
  /** Of the request, what a case keeps; secrets are not among it. */
  readonly kept?: ((request: MessageShape<I>) => MessageShape<I>) | undefined
  readonly perform: (tx: Tx, request: MessageShape<I>, call: GrantingCall) => Promise<MessageInitShape<O>>
}

/** Does the act; one that gives more than the caller has opens a case: `grant_needs_approval` names it. */
export const attempt = async <I extends DescMessage, O extends DescMessage>(
  books: Books,
  act: GrantAct<I, O>,
  request: MessageShape<I>,
  call: Call,
): Promise<MessageInitShape<O>> => {
  try {
    return await books.store.answer(call, act.answer, (tx) => act.perform(tx, request, call))
  } catch (error) {
    if (!(error instanceof NeedsSecondPerson)) throw error
    const kept = act.kept?.(request) ?? request
    // The case is decided on what the record is then, not on the version that the caller saw.
    const { etag: _seen, ...asIs } = toJson(act.method.input, kept) as JsonObject
    const asked = { act: act.method.localName, request: asIs }
    const { given, receiverIds } = error
    const approvalId = await openGrantCase(books, call, { asked, subject: act.subject(request), given, receiverIds })
    throw conflict('grant_needs_approval', { approvalId, ...error.params })
  }
}

/** An act as a case knows it: by the name of its method. */
export type Performer = {
  readonly name: string
  readonly permission: string
  readonly perform: (tx: Tx, request: JsonObject, call: GrantingCall) => Promise<unknown>
}

export const performerOf = <I extends DescMessage, O extends DescMessage>(act: GrantAct<I, O>): Performer => ({
  name: act.method.localName,
  permission: accessOf(act.method).permission,
  perform: (tx, request, call) => act.perform(tx, fromJson(act.method.input, request), call),
})
