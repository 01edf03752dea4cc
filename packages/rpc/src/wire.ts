import { type DescMethod, fromBinary, type Message, toBinary } from '@bufbuild/protobuf'
import type { MethodDefinition } from '@grpc/grpc-js'

/** Facts about an answer, in the headers before it: `true` where a stored answer is sent again. */
export const REPLAYED_HEADER = 'saleswright-replayed'
/** The id of the last event that the call stored. */
export const EVENT_HEADER = 'saleswright-event'

/** The largest message of either side: a page of a thousand events fits. */
export const MESSAGE_SIZE = {
  'grpc.max_receive_message_length': 16 * 1024 * 1024,
  'grpc.max_send_message_length': 16 * 1024 * 1024,
}

/** Bytes that are no request of their method. grpc-js would call it a fault of the server, so the handler is given this and refuses. */
export class Unreadable {
  readonly unreadable = true
}

/** A method of the contract as grpc-js wants it. */
export const definitionOf = ({ parent, name, input, output }: DescMethod): MethodDefinition<Message, Message> => ({
  path: `/${parent.typeName}/${name}`,
  requestStream: false,
  responseStream: false,
  requestSerialize: (request) => Buffer.from(toBinary(input, request)),
  requestDeserialize: (bytes) => fromBinary(input, bytes),
  responseSerialize: (answer) => Buffer.from(toBinary(output, answer)),
  responseDeserialize: (bytes) => fromBinary(output, bytes),
})

/** The same for a server: a request that cannot be read arrives as `Unreadable`. */
export const servedDefinitionOf = (method: DescMethod) => ({
  ...definitionOf(method),
  requestDeserialize: (bytes: Uint8Array): Message | Unreadable => {
    try {
      return fromBinary(method.input, bytes)
    } catch {
      return new Unreadable()
    }
  },
})
