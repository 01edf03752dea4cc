import { expect, test } from 'vitest'
import { type Part, runParts, sideBySide } from './parts.ts'

const recorded = () => {
  const said: string[] = []
  const part = (name: string, faults: { start?: Error; stop?: Error } = {}): Part => ({
    name,
    async start() {
      said.push(`start ${name}`)
      if (faults.start) throw faults.start
    },
    async stop() {
      said.push(`stop ${name}`)
      if (faults.stop) throw faults.stop
    },
  })
  return { said, part }
}

test('parts start in order and stop in reverse', async () => {
  const { said, part } = recorded()
  const running = await runParts([part('store'), part('bus'), part('server')])
  await running.stop()
  expect(said).toEqual(['start store', 'start bus', 'start server', 'stop server', 'stop bus', 'stop store'])
})

test('a start that fails halfway is undone, and its error goes up', async () => {
  const { said, part } = recorded()
  const refused = new Error('refused')
  await expect(runParts([part('store'), part('bus', { start: refused }), part('server')])).rejects.toBe(refused)
  expect(said).toEqual(['start store', 'start bus', 'stop store'])
})

test('the error of the start is not lost when undoing fails too', async () => {
  const { part } = recorded()
  const [start, stop] = [new Error('refused'), new Error('stuck')]
  const failed = runParts([part('store', { stop }), part('bus', { start })])
  await expect(failed).rejects.toMatchObject({ cause: start, errors: [start, { errors: [{ cause: stop }] }] })
})

test('one part that does not stop keeps no other from stopping, and is named', async () => {
  const { said, part } = recorded()
  const running = await runParts([part('store'), part('bus', { stop: new Error('stuck') }), part('server')])
  await expect(running.stop()).rejects.toThrow('bus did not stop cleanly')
  expect(said.slice(3)).toEqual(['stop server', 'stop bus', 'stop store'])
})

test('who asks twice waits for the same stop', async () => {
  const { said, part } = recorded()
  const running = await runParts([part('store')])
  await Promise.all([running.stop(), running.stop()])
  expect(said).toEqual(['start store', 'stop store'])
})

test('a stop that comes during the start ends it after the part that is starting', async () => {
  const { said, part } = recorded()
  const stop = new AbortController()
  const bus = { ...part('bus'), start: async () => stop.abort(new Error('SIGTERM')) }
  await expect(runParts([part('store'), bus, part('server')], stop.signal)).rejects.toThrow('SIGTERM')
  expect(said).toEqual(['start store', 'stop bus', 'stop store'])
})

test('the part that is being stopped can be named while it hangs', async () => {
  const { part } = recorded()
  const hanging = Promise.withResolvers<void>()
  const running = await runParts([part('store'), { ...part('bus'), stop: () => hanging.promise }])
  const stopped = running.stop()
  expect(running.stopping()).toBe('bus')
  hanging.resolve()
  await stopped
  expect(running.stopping()).toBeUndefined()
})

test('side by side, nobody waits for another, and who hangs is named', async () => {
  const { said, part } = recorded()
  const hanging = Promise.withResolvers<void>()
  const slow = { ...part('slow'), stop: () => hanging.promise }
  const running = await runParts([part('store'), sideBySide('consumers', [slow, part('quick')])])
  const stopped = running.stop()
  expect(said).toEqual(['start store', 'start slow', 'start quick', 'stop quick'])
  await expect.poll(() => running.stopping()).toBe('slow')
  hanging.resolve()
  await stopped
  expect(said.at(-1)).toBe('stop store')
})

test('side by side, what started is stopped when another did not', async () => {
  const { said, part } = recorded()
  const refused = new Error('refused')
  const both = sideBySide('consumers', [part('good'), part('bad', { start: refused })])
  await expect(both.start()).rejects.toBe(refused)
  expect(said).toEqual(['start good', 'start bad', 'stop good'])
  await expect(sideBySide('one', [part('stuck', { stop: refused })]).stop()).rejects.toThrow(
    'stuck did not stop cleanly',
  )
})
