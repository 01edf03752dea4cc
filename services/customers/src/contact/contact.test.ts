import { toJsonString } from '@bufbuild/protobuf'
import { ContactChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { anIntake, aPlace } from '../../test/records.ts'
import { meet, place, update } from './contact.ts'

const facts = { name: '李雷', phone: '13800000000', email: 'li@example.com' }
const unsaid = { name: undefined, phone: undefined, email: undefined, title: undefined, part: undefined }

test('R150: a contact is told by ids alone', () => {
  const { events } = meet(newId(), anIntake(), facts)
  expect(events).toHaveLength(1)
  const json = events.map((event) => toJsonString(ContactChangedSchema, event as never)).join()
  expect(json).not.toMatch(/李雷|138|example/)
})

test('a contact is where its customer is', () => {
  const customer = anIntake()
  expect(meet(newId(), customer, facts).next).toMatchObject({ customerId: customer.id, ownerId: customer.ownerId })
  const to = aPlace()
  const moved = place(meet(newId(), customer, facts).next, to)
  expect(moved.next).toMatchObject({ ...facts, ...to })
})

test('what is told is taken over, what is not stays, what is so already is not told', () => {
  const contact = meet(newId(), anIntake(), facts).next
  const { next, events } = update(contact, { ...unsaid, phone: '13900000000', title: '采购经理' })
  expect(next).toEqual({ ...contact, phone: '13900000000', title: '采购经理' })
  expect(events).toHaveLength(1)
  expect(update(contact, { ...unsaid, ...facts }).events).toEqual([])
})
