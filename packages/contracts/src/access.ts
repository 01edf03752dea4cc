import { type DescField, type DescMessage, type DescMethod, getOption, hasOption } from '@bufbuild/protobuf'
import { type Access, access, sensitive } from '../gen/saleswright/api/v1/annotations_pb.ts'

/** Who may call a method and what a repeat of it does. A method that says nothing is a fault of the contract, and throws. */
export const accessOf = (method: DescMethod): Access => {
  if (!hasOption(method, access)) throw new Error(`${methodName(method)} has no access in its contract`)
  return getOption(method, access)
}

/** `saleswright.orders.v1.OrderService.PlaceOrder` */
export const methodName = ({ parent, name }: DescMethod): string => `${parent.typeName}.${name}`

/** The fields of a message, not of the messages inside it, that are personal or secret. */
export const sensitiveFields = ({ fields }: DescMessage): readonly DescField[] =>
  fields.filter((field) => getOption(field, sensitive))
