import { AppError } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aFlow, words } from './flow.ts'
import { waitFor } from './support.ts'

const PHONE = '13800000000'
const duplicate = new Error(`E11000 duplicate key: dup key: { phone: "${PHONE}" }`)

test('what a relay and a consumer tell of a failure repeats nothing that somebody entered', async () => {
  const flow = await aFlow()
  await flow.tell('a', ...words(0, 1))
  let failing = true
  const fail = async (error: Error): Promise<void> => {
    if (failing) throw error
  }
  const relay = await flow.aRelay({ failPoint: () => fail(duplicate) })
  await waitFor(() => expect(relay.state().lastError).toBe('E11000 duplicate key: dup key: {…}'))
  const refusal = new AppError('unavailable', 'phone_taken', { phone: PHONE })
  const consumer = await flow.aConsumer({ failPoint: () => fail(refusal) })
  await waitFor(() => expect(consumer.state().retrying).toBeGreaterThan(0))
  const errors = consumer.state().assigned.map(({ waits }) => waits?.error)
  expect(errors.filter(Boolean)).toEqual(['phone_taken'])
  failing = false
  expect(await flow.quiet([relay], [consumer])).toBe(true)
})
