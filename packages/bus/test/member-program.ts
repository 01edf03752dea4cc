import { clientOptions } from '@saleswright/embedded'
import { kafka } from '../src/index.ts'

/** A member of a group, in a process of its own so that a test can stop its breath. */
const [address = '', group = ''] = process.argv.slice(2)
const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
const bus = kafka({ clientId: 'member', log: silent, ...clientOptions(address) })
const { state } = bus.subscribe({
  group,
  topics: ['orders'],
  next: async () => 0n,
  handle: async () => {},
  gap: async ({ low }) => low,
})
setInterval(() => state().assigned.length > 0 && process.send?.('joined'), 50)
