// A plugin of `buf generate`: keeps the comments of the contracts, by full name, for the reference that is made of them.
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
  type DescriptorProto,
  type FileDescriptorProto,
} from '@bufbuild/protobuf/wkt'

/** Where a declaration stands in its file, as field numbers and indexes of descriptor.proto, and what it is called. */
type Place = readonly [path: string, name: string]

const MESSAGES = 4
const SERVICES = 6
const FIELDS = 2
const METHODS = 2
const NESTED = 3

const placesOfMessage = ({ name, field, nestedType }: DescriptorProto, path: string, parent: string): Place[] => [
  [path, `${parent}.${name}`],
  ...field.map((one, index): Place => [`${path},${FIELDS},${index}`, `${parent}.${name}.${one.name}`]),
  ...nestedType.flatMap((one, index) => placesOfMessage(one, `${path},${NESTED},${index}`, `${parent}.${name}`)),
]

const placesOf = ({ package: scope, messageType, service }: FileDescriptorProto): Place[] => [
  ...messageType.flatMap((message, index) => placesOfMessage(message, `${MESSAGES},${index}`, scope)),
  ...service.flatMap(({ name, method }, index): Place[] => [
    [`${SERVICES},${index}`, `${scope}.${name}`],
    ...method.map((one, at): Place => [`${SERVICES},${index},${METHODS},${at}`, `${scope}.${name}.${one.name}`]),
  ]),
]

const tidy = (comment: string): string => comment.trim().replaceAll(/\n ?/g, '\n')

const commentsOf = (file: FileDescriptorProto): [string, string][] => {
  const places = new Map(placesOf(file))
  return (file.sourceCodeInfo?.location ?? []).flatMap(({ path, leadingComments }) => {
    const name = places.get(path.join(','))
    return name && leadingComments.trim() ? [[name, tidy(leadingComments)]] : []
  })
}

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { protoFile } = fromBinary(CodeGeneratorRequestSchema, Buffer.concat(chunks))
const comments = protoFile.filter(({ package: scope }) => scope.startsWith('saleswright.')).flatMap(commentsOf)
const sorted = Object.fromEntries(comments.toSorted(([left], [right]) => (left < right ? -1 : 1)))
const content = `// @generated
/** What the contracts say in words, by full name. */
export const comments: Readonly<Record<string, string>> = ${JSON.stringify(sorted, undefined, 2)}
`
const answer = create(CodeGeneratorResponseSchema, {
  supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
  file: [{ name: 'comments.ts', content }],
})
process.stdout.write(toBinary(CodeGeneratorResponseSchema, answer))
