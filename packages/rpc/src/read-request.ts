import type { DescMethod, Message } from '@bufbuild/protobuf'
import { checkCleared, checkFields } from './field-rules.ts'
import { readTexts } from './read-texts.ts'

/** A request as its handler gets it: its texts as they are kept, and every rule of the contract held. */
export const readRequest = (method: DescMethod, sent: Message): Message => {
  const request = readTexts(method.input, sent)
  checkFields(method.input, request)
  checkCleared(method, request)
  return request
}
