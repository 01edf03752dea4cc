import { create, type DescMethod, type Message, type MessageInitShape } from '@bufbuild/protobuf'
import { accessOf } from '@saleswright/contracts'
import { Access_Idempotency } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { derivedId } from '@saleswright/kernel'
import { readRequest } from '@saleswright/rpc'
import { type Calls, SERVICES } from './calls.ts'

/**
 * Calls that read what is there and do nothing: a command is held to the rules of its contract, by what its service holds it to, and
 * answered with an id made up for its request.
 */
export const rehearsalOf = (calls: Calls): Calls => {
  const services = Object.entries(SERVICES).map(([name, service]) => {
    const commands = service.methods.filter(isCommand).map((method) => [method.localName, rehearsed(method)] as const)
    return [name, { ...calls[name as keyof Calls], ...Object.fromEntries(commands) }] as const
  })
  return Object.fromEntries(services) as Calls
}

const isCommand = (method: DescMethod): boolean =>
  accessOf(method).idempotency !== Access_Idempotency.IDEMPOTENCY_UNSPECIFIED

const rehearsed =
  (method: DescMethod) =>
  async (request: MessageInitShape<typeof method.input>): Promise<Message> => {
    readRequest(method, create(method.input, request))
    const id = method.output.fields.find(({ name }) => name.endsWith('_id'))
    return create(method.output, { ...(id && { [id.localName]: derivedId(method.name, JSON.stringify(request)) }) })
  }
