import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { denyList } from './deny-list.ts'

const NOON = new Date('2026-03-01T12:00:00.500Z')
const at = (offsetMs: number): Date => new Date(NOON.getTime() + offsetMs)
const floored = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000)
/** A UUIDv7 of an instant. */
const sessionOf = (date: Date): string => {
  const hex = date.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

test('an ended session is refused whenever its token was issued, and no other of the person', () => {
  const list = denyList({ now: () => NOON })
  const [ended, other] = [newId(), newId()]
  list.revoke({ subjectId: 'p', sessionId: ended, issuedBefore: NOON })
  expect(list.revoked('p', ended, at(5))).toBe(true)
  expect(list.revoked('p', other, at(-5_000))).toBe(false)
})

test('of a subject every token is refused that was issued before, also in the same second', () => {
  const list = denyList({ now: () => NOON })
  list.revoke({ subjectId: 'p', issuedBefore: NOON })
  const before = sessionOf(at(-60_000))
  expect(list.revoked('p', before, floored(at(-60_000)))).toBe(true)
  expect(list.revoked('p', before, floored(NOON))).toBe(true)
  expect(list.revoked('p', before, floored(at(1_000)))).toBe(false)
  expect(list.revoked('q', before, floored(at(-60_000)))).toBe(false)
})

test('a session that began after the revocation is good, though its token says the same second', () => {
  const list = denyList({ now: () => NOON })
  list.revoke({ subjectId: 'p', issuedBefore: NOON })
  expect(list.revoked('p', sessionOf(at(1)), floored(at(1)))).toBe(false)
})

test('what can refuse nothing any more is forgotten', () => {
  let now = NOON
  const list = denyList({ now: () => now })
  list.revoke({ subjectId: 'p', issuedBefore: NOON })
  now = at(16 * 60_000)
  list.revoke({ subjectId: 'q', issuedBefore: now })
  expect(list.size()).toBe(1)
})
