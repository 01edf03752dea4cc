import {
  type Assignment as AssignmentMessage,
  Person_Status,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { etagOf, invalidField, parseBusinessDate } from '@saleswright/kernel'
import { checkedSpan } from './assignments.ts'
import type { Assignment, Person, Status } from './person.ts'

export const STATUSES = {
  active: Person_Status.ACTIVE,
  left: Person_Status.LEFT,
} as const satisfies Record<Status, Person_Status>

const assignmentView = ({ orgUnitId, positionId, managerId, from, until }: Assignment) => ({
  orgUnitId,
  positionId,
  from,
  ...(managerId !== undefined && { managerId }),
  ...(until !== undefined && { until }),
})

export const personView = (person: Person) => ({
  personId: person.id,
  displayName: person.displayName,
  status: STATUSES[person.status],
  assignments: person.assignments.map(assignmentView),
  roleIds: [...person.roleIds],
  accountName: person.accountName ?? '',
  ...(person.externalRef && { externalRef: person.externalRef }),
  etag: etagOf(person),
})

export const readAssignment = (given: AssignmentMessage | undefined): Assignment => {
  if (!given) throw invalidField('assignment', 'assignment_missing')
  const { orgUnitId, positionId, managerId, from, until } = given
  return checkedSpan({
    orgUnitId,
    positionId,
    from: parseBusinessDate(from),
    ...(managerId !== undefined && { managerId }),
    ...(until !== undefined && { until: parseBusinessDate(until) }),
  })
}
