import { create, createFileRegistry, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf'
import {
  type DescriptorProtoSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  type FileDescriptorProtoSchema as FileSchema,
} from '@bufbuild/protobuf/wkt'

// gRPC's own services are no part of our contract, so they are described here and not in proto/.

type Field = MessageInitShape<typeof FieldDescriptorProtoSchema>

const { BYTES, ENUM, INT32, MESSAGE, STRING } = FieldDescriptorProto_Type
const { OPTIONAL, REPEATED } = FieldDescriptorProto_Label
const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const field = (name: string, number: number, rest: Field): Field => ({
  name,
  number,
  jsonName: camel(name),
  label: OPTIONAL,
  ...rest,
})

export const text = (name: string, number: number, rest: Field = {}): Field =>
  field(name, number, { type: STRING, ...rest })
export const int32 = (name: string, number: number): Field => field(name, number, { type: INT32 })
export const bytesList = (name: string, number: number): Field => field(name, number, { type: BYTES, label: REPEATED })
export const ofEnum = (name: string, number: number, typeName: string): Field =>
  field(name, number, { type: ENUM, typeName })
export const ofMessage = (name: string, number: number, typeName: string, rest: Field = {}): Field =>
  field(name, number, { type: MESSAGE, typeName, ...rest })
export const repeated: Field = { label: REPEATED }

export const message = (
  name: string,
  fields: readonly Field[],
  rest: MessageInitShape<typeof DescriptorProtoSchema> = {},
): MessageInitShape<typeof DescriptorProtoSchema> => ({ name, field: [...fields], ...rest })

/** The messages and services of a file that names no other. */
export const describe = (file: MessageInitShape<typeof FileSchema>) => {
  const registry = createFileRegistry(create(FileDescriptorProtoSchema, { syntax: 'proto3', ...file }), () => undefined)
  const found = <T>(name: string, value: T | undefined): T => {
    if (!value) throw new Error(`${file.name} has no ${name}`)
    return value
  }
  return {
    service: (name: string) => found(name, registry.getService(`${file.package}.${name}`)),
    message: (name: string): DescMessage => found(name, registry.getMessage(`${file.package}.${name}`)),
  }
}
