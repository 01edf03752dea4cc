import { describe, expect, test } from 'vitest'
import { interestedIn, type Parties, refuseInterested } from './interest.ts'

const PARTIES: Required<Parties> = {
  makerId: 'maker',
  requesterId: 'requester',
  recordedFor: 'agent',
  ownerId: 'owner',
  earnerIds: ['earner', 'second-earner'],
}

describe('who has an interest in a thing', () => {
  test('everybody with a part in it, each once; a part that is missing or empty adds no one', () => {
    expect(interestedIn(PARTIES)).toEqual(['agent', 'earner', 'maker', 'owner', 'requester', 'second-earner'])
    expect(interestedIn({ makerId: 'a', ownerId: 'a', recordedFor: '', requesterId: undefined })).toEqual(['a'])
  })

  test.each(interestedIn(PARTIES))('%s does not decide, neither in person nor through a delegate', (id) => {
    for (const deciders of [[id], ['delegate', id], [id, 'boss']]) {
      expect(() => refuseInterested(deciders, PARTIES)).toThrow(
        expect.objectContaining({ kind: 'forbidden', code: 'approver_is_maker' }),
      )
    }
  })

  test('a person without a part in it decides', () => {
    expect(refuseInterested(['boss'], PARTIES)).toBeUndefined()
  })
})
