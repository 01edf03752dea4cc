import { existsSync } from 'node:fs'

/* Preloaded into a program and its threads: the calendar, and no timer, jumps by STEP_DAYS once the file STEP_FILE is there. */
const { STEP_FILE = '', STEP_DAYS = '0' } = process.env
const step = Number(STEP_DAYS) * 86_400_000
const real = Date
let offset = 0
const now = (): number => real.now() + offset

globalThis.Date = new Proxy(real, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

const look = setInterval(() => {
  if (!existsSync(STEP_FILE)) return
  offset = step
  clearInterval(look)
}, 50)
look.unref()
