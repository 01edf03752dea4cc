import {
  create,
  type DescFile,
  type DescService,
  type Message,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { type Server, type ServerDuplexStream, status } from '@grpc/grpc-js'
import { forbidden } from '@saleswright/kernel'
import { bytesList, describe, int32, message, ofMessage, repeated, text } from './describe.ts'
import { grpcStatusOf, UNREADABLE } from './grpc-status.ts'
import { bearer } from './headers.ts'
import type { Verify } from './identity.ts'
import { servedDefinitionOf, Unreadable } from './wire.ts'

const PACKAGE = '.grpc.reflection.v1'
const inside = { oneofIndex: 0 }

const file = describe({
  name: 'grpc/reflection/v1/reflection.proto',
  package: 'grpc.reflection.v1',
  messageType: [
    message(
      'ServerReflectionRequest',
      [
        text('host', 1),
        text('file_by_filename', 3, inside),
        text('file_containing_symbol', 4, inside),
        text('list_services', 7, inside),
      ],
      { oneofDecl: [{ name: 'message_request' }] },
    ),
    message(
      'ServerReflectionResponse',
      [
        text('valid_host', 1),
        ofMessage('original_request', 2, `${PACKAGE}.ServerReflectionRequest`),
        ofMessage('file_descriptor_response', 4, `${PACKAGE}.FileDescriptorResponse`, inside),
        ofMessage('list_services_response', 6, `${PACKAGE}.ListServiceResponse`, inside),
        ofMessage('error_response', 7, `${PACKAGE}.ErrorResponse`, inside),
      ],
      { oneofDecl: [{ name: 'message_response' }] },
    ),
    message('FileDescriptorResponse', [bytesList('file_descriptor_proto', 1)]),
    message('ListServiceResponse', [ofMessage('service', 1, `${PACKAGE}.ServiceResponse`, repeated)]),
    message('ServiceResponse', [text('name', 1)]),
    message('ErrorResponse', [int32('error_code', 1), text('error_message', 2)]),
  ],
  service: [
    {
      name: 'ServerReflection',
      method: [
        {
          name: 'ServerReflectionInfo',
          inputType: `${PACKAGE}.ServerReflectionRequest`,
          outputType: `${PACKAGE}.ServerReflectionResponse`,
          clientStreaming: true,
          serverStreaming: true,
        },
      ],
    },
  ],
})

type Question = Message<'grpc.reflection.v1.ServerReflectionRequest'> & {
  readonly messageRequest:
    | { readonly case: 'fileByFilename' | 'fileContainingSymbol' | 'listServices'; readonly value: string }
    | { readonly case: undefined; readonly value?: undefined }
}
type Reply = Message<'grpc.reflection.v1.ServerReflectionResponse'>
type ReplyInit = MessageInitShape<ReturnType<typeof file.message>>

export const ReflectionService: DescService = file.service('ServerReflection')
const ReplySchema = file.message('ServerReflectionResponse') as unknown as GenMessage<Reply>

const withImports = (of: DescFile): readonly DescFile[] => [of, ...of.dependencies.flatMap(withImports)]

/**
 * grpc.reflection.v1: which services there are and the files that describe them, for grpcurl and `buf curl`. Only for staff and
 * services: the contract of what is internal is none of a stranger's or a partner's business.
 */
export const addReflection = (server: Server, services: readonly DescService[], verify: Verify): void => {
  const all = [...services, ReflectionService]
  const files = new Map(all.flatMap(({ file: own }) => withImports(own)).map((each) => [`${each.name}.proto`, each]))
  const symbols = new Map(all.map((service) => [service.typeName, service.file]))
  for (const each of files.values()) for (const { typeName } of each.messages) symbols.set(typeName, each)

  const answer = ({ messageRequest: { case: asked, value = '' } }: Question) => {
    if (asked === 'listServices') {
      const service = all.map(({ typeName }) => ({ name: typeName }))
      return { case: 'listServicesResponse', value: { service } }
    }
    const found = asked === 'fileByFilename' ? files.get(value) : symbols.get(value)
    if (!found) return { case: 'errorResponse', value: { errorCode: status.NOT_FOUND, errorMessage: value } }
    const fileDescriptorProto = withImports(found).map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto))
    return { case: 'fileDescriptorResponse', value: { fileDescriptorProto } }
  }

  const streams = { requestStream: true, responseStream: true }
  const definitions = ReflectionService.methods.map((method) => [
    method.localName,
    { ...servedDefinitionOf(method), ...streams },
  ])
  server.addService(Object.fromEntries(definitions), {
    serverReflectionInfo: (call: ServerDuplexStream<Question | Unreadable, Reply>) => {
      const admitted = expectInsider(call, verify)
      admitted.catch((error: unknown) => call.emit('error', grpcStatusOf(error)))
      call.on('data', (question: Question | Unreadable) => {
        const tell = (): void => {
          if (question instanceof Unreadable) return void call.emit('error', UNREADABLE)
          const reply: unknown = { originalRequest: question, messageResponse: answer(question) }
          call.write(create(ReplySchema, reply as ReplyInit))
        }
        admitted.then(tell, () => {})
      })
      const end = (): void => void call.end()
      call.on('end', () => {
        admitted.then(end, () => {})
      })
    },
  })
}

const expectInsider = async ({ metadata }: Pick<ServerDuplexStream<unknown, unknown>, 'metadata'>, verify: Verify) => {
  const { kind } = await verify(bearer(metadata.get('authorization')[0]?.toString()))
  if (kind === 'partner') throw forbidden('not_for_partners')
}
