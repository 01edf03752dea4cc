import { expect, test } from 'vitest'
import { drain } from './drained.ts'

const answering = (...answers: readonly (readonly string[])[]) => {
  let asked = 0
  const pending = async () => answers[asked++] ?? []
  return { pending, asked: () => asked }
}

test('it ends when twice in a row nothing is left', async () => {
  const { pending, asked } = answering(['relay'], [], ['what the reaction told'], [], [])
  await drain(pending)
  expect(asked()).toBe(5)
})

test('what does not end is named', async () => {
  const stuck = async () => ['orders has an unsent event']
  await expect(drain(stuck, 0)).rejects.toThrow('not drained: orders has an unsent event')
})
