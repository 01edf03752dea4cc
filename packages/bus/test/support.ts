import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientOptions, startInWorker } from '@saleswright/embedded'
import { expect, onTestFinished, vi } from 'vitest'
import { type Arrived, type Bus, kafka, type Message, type Place, type Subscription } from '../src/index.ts'

export const logged: { level: string; message: string; fields: object }[] = []
const line = (level: string) => (fields: object, message: string) => void logged.push({ level, message, fields })
export const log = { error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') }

export const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const aBroker = async (folder = aFolder()) => {
  const broker = await startInWorker({ kafka: { folder, listen: join(folder, 'kafka.sock'), sweepEveryMs: 20 } })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= broker.stop())
  onTestFinished(stop)
  return { address: broker.kafka, folder, stop }
}

export const aBus = (address: string): Bus => {
  const bus = kafka({ clientId: 'test', log, ...clientOptions(address) })
  onTestFinished(() => bus.close())
  return bus
}

export const waitFor = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 40_000, interval: 20 })

export const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, i) => ({
    key: `order-${(from + i) % 7}`,
    value: Buffer.from(String(from + i)),
    headers: { ce_id: `id-${from + i}` },
  }))

export const numbers = (received: readonly Arrived[]): number[] =>
  received.map(({ value }) => Number(Buffer.from(value))).toSorted((a, b) => a - b)

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

/** A member of a group with its places in a map, which outlives it as a store would. */
export const aMember = (
  bus: Bus,
  group: string,
  changes: Partial<Subscription> & { places?: Map<string, bigint> } = {},
) => {
  const { places = new Map<string, bigint>(), ...others } = changes
  const received: Arrived[] = []
  const subscribed = bus.subscribe({
    group,
    topics: ['orders'],
    next: async (place) => places.get(keyOf(place)),
    handle: async (batch) => {
      received.push(...batch)
      const last = batch.at(-1)
      if (last) places.set(keyOf(last), last.offset + 1n)
    },
    gap: async ({ expected }) => expect.unreachable(`a gap at ${expected}`),
    ...others,
  })
  onTestFinished(() => subscribed.stop())
  return { received, places, ...subscribed }
}
