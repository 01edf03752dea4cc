import type { DescField, DescMessage } from '@bufbuild/protobuf'
import { registry } from './registry.ts'

const within = (message: DescMessage, seen = new Set<DescMessage>()): ReadonlySet<DescMessage> => {
  if (seen.has(message)) return seen
  seen.add(message)
  for (const { message: inner } of message.fields) if (inner) within(inner, seen)
  return seen
}

const methods = [...registry].filter((type) => type.kind === 'service').flatMap((service) => service.methods)

/** The fields of all requests, and of the messages in them: what comes from outside. */
export const sentFields: readonly DescField[] = [
  ...new Set(methods.flatMap(({ input }) => [...within(input)])),
].flatMap(({ fields }) => fields)

/** `CreateProductRequest.tax_rate` */
export const fieldName = ({ parent, name }: DescField): string => `${parent.name}.${name}`
