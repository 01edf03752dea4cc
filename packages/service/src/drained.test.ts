import { expect, test } from 'vitest'
import { drain, type Pending } from './drained.ts'

const answering = (...answers: readonly Pending[]) => {
  let asked = 0
  const ask = async () => answers[asked++] ?? { left: ['asked too often'], published: 0n }
  return { ask, asked: () => asked }
}
const quiet = (published: bigint): Pending => ({ left: [], published })
const busy = (published: bigint): Pending => ({ left: ['orders has events to publish'], published })

test('it ends when nothing was left twice in a row', async () => {
  const { ask, asked } = answering(busy(1n), quiet(2n), busy(2n), quiet(3n), quiet(3n))
  await drain(ask)
  expect(asked()).toBe(5)
})

test('what was published and consumed between two looks may have told something new', async () => {
  const { ask, asked } = answering(quiet(1n), quiet(2n), quiet(2n))
  await drain(ask)
  expect(asked()).toBe(3)
})

test('what does not end is named', async () => {
  await expect(drain(async () => busy(1n), 0)).rejects.toThrow('not drained: orders has events to publish')
})
