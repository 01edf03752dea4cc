import { setTimeout as wait } from 'node:timers/promises'
import type { Part } from '../src/index.ts'
import { openLog } from '../src/log.ts'
import { runUntilSignalled } from '../src/run.ts'

/** A program of two parts, of which the second does what the argument says. */
const [fault] = process.argv.slice(2)
// A server that listens keeps a process alive; here a timer does.
const alive = setInterval(() => {}, 1_000)

const steady: Part = {
  name: 'store',
  start: async () => {},
  stop: async () => {
    clearInterval(alive)
    console.log('store let go')
  },
}
const faulty: Part = {
  name: 'relay',
  async start() {
    if (fault === 'refuses') throw new Error('no broker')
    if (fault === 'never starts') {
      console.log('starting')
      await new Promise(() => {})
    }
    if (fault === 'starts slowly') {
      console.log('starting')
      await wait(200)
    }
  },
  async stop() {
    if (fault?.startsWith('hangs')) await new Promise(() => {})
  },
}
const ready: Part = { name: 'ready', start: async () => console.log('started'), stop: async () => {} }

await runUntilSignalled([steady, faulty, ready], {
  log: openLog('test'),
  stopWithinMs: fault === 'hangs' || fault === 'never starts' ? 300 : 10_000,
})
