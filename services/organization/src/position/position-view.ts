import { etagOf } from '@saleswright/kernel'
import type { Position } from './position.ts'

export const positionView = (position: Position) => ({
  positionId: position.id,
  title: position.title,
  roleIds: [...position.roleIds],
  ...(position.reportsToId !== undefined && { reportsToId: position.reportsToId }),
  ...(position.externalRef && { externalRef: position.externalRef }),
  etag: etagOf(position),
})
