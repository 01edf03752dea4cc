import { createRegistry, type DescMessage, type Registry } from '@bufbuild/protobuf'
import * as files from '../gen/files.ts'

/** Everything that the contracts of Saleswright declare. */
export const registry: Registry = createRegistry(...Object.values(files))

/** The schema of an event by its full name, `saleswright.orders.v1.OrderPlaced`; an unknown one throws. */
export const eventDesc = (typeName: string): DescMessage => {
  const found = registry.getMessage(typeName)
  if (!found) throw new Error(`No contract knows the event ${typeName}`)
  return found
}
