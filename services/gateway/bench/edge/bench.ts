import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import { orderRequest } from './request.ts'

/*
 * npm run bench -- edge [--rounds 5] [--seconds 3] [--connections 64]
 *
 * What the edge costs: an order of five lines through everything it does (strict reading, token, permission, rate limit, rules of the
 * contract, log lines, problem and header work) before a handler that stores nothing, beside Fastify with a schema and Fastify alone.
 * The arms take turns in one run: quote the ratios.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
  },
})
const [rounds, seconds, connections] = [Number(values.rounds), Number(values.seconds), Number(values.connections)]
const ARMS = ['bare', 'schema', 'edge'] as const
/** B5: of what Fastify with a schema does. */
const GOAL = 0.45

type Arm = { readonly name: string; readonly port: number; readonly token: string; readonly server: ChildProcess }

const start = async (name: string): Promise<Arm> => {
  const program = new URL('server.ts', import.meta.url).pathname
  // As in production: with room for what is young, and log lines, which nobody reads here.
  const execArgv = ['--max-semi-space-size=64']
  const server = fork(program, [name], { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const died = once(server, 'exit').then(() => Promise.reject(new Error(`${name} did not start`)))
  const [{ address, token }] = await Promise.race([once(server, 'message'), died])
  died.catch(() => {})
  return { name, port: Number(new URL(address).port), token, server }
}

const textFor = (token: string): string => {
  const body = JSON.stringify(orderRequest(randomUUID()))
  const head = [
    'POST /v1/orders HTTP/1.1',
    'Host: edge',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${randomUUID()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

/** One connection that sends again as soon as it was answered; gives how long each answer took, in milliseconds. */
const line = (port: number, text: string, until: number): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    const took: number[] = []
    const socket = connect(port, '127.0.0.1')
    let [sent, missing] = [0, 0]
    const send = () => {
      sent = performance.now()
      socket.write(text)
    }
    socket.on('data', (bytes: Buffer) => {
      if (missing === 0) {
        const head = bytes.toString('latin1')
        if (!head.startsWith('HTTP/1.1 201')) return socket.destroy(new Error(head.slice(0, 600)))
        const end = head.indexOf('\r\n\r\n') + 4
        missing = end + Number(/content-length: (\d+)/i.exec(head)?.[1])
      }
      missing -= bytes.length
      if (missing > 0) return undefined
      took.push(performance.now() - sent)
      return performance.now() < until ? send() : socket.end()
    })
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => resolve(took))
  })

/** Microseconds. */
const cpuOf = async ({ server }: Arm): Promise<number> => {
  const told = once(server, 'message')
  server.send({})
  const [{ cpu }] = await told
  return cpu.user + cpu.system
}

const load = async (arm: Arm, forSeconds: number) => {
  const { port, token } = arm
  const before = await cpuOf(arm)
  const until = performance.now() + forSeconds * 1000
  const text = textFor(token)
  const all = await Promise.all(Array.from({ length: connections }, () => line(port, text, until)))
  const took = all.flat().toSorted((left, right) => left - right)
  const cpu = ((await cpuOf(arm)) - before) / took.length
  return { cpu, perSecond: took.length / forSeconds, p99: took[Math.floor(took.length * 0.99)] ?? Number.NaN }
}

const median = (figures: readonly number[]): number =>
  figures.toSorted((left, right) => left - right)[Math.floor(figures.length / 2)] ?? Number.NaN

const arms = await Promise.all(ARMS.map(start))
const results = new Map(
  ARMS.map((name) => [name as string, { cpu: [] as number[], perSecond: [] as number[], p99: [] as number[] }]),
)
for (const arm of arms) await load(arm, 2)
for (let round = 0; round < rounds; round += 1)
  for (const arm of arms) {
    const { cpu, perSecond, p99 } = await load(arm, seconds)
    results.get(arm.name)?.cpu.push(cpu)
    results.get(arm.name)?.perSecond.push(perSecond)
    results.get(arm.name)?.p99.push(p99)
  }
for (const arm of arms) arm.server.kill()

const cpuFor = (name: string): number => median(results.get(name)?.cpu ?? [])
const rateOf = (name: string): number => median(results.get(name)?.perSecond ?? [])
const share = rateOf('edge') / rateOf('schema')
console.log(`${connections} connections, ${rounds} rounds of ${seconds} s, median [least..most]\n`)
for (const [name, { perSecond, p99 }] of results) {
  const figures = `${median(perSecond).toFixed(0).padStart(7)} requests/s [${Math.min(...perSecond).toFixed(0)}..${Math.max(...perSecond).toFixed(0)}]`
  const cost = `${cpuFor(name).toFixed(0)} µs of CPU a request, ${((cpuFor('schema') / cpuFor(name)) * 100).toFixed(0)} % of schema`
  console.log(`${name.padEnd(8)}${figures}, p99 ${median(p99).toFixed(1)} ms, ${cost}`)
}
console.log(
  `\nB5: the edge does ${(share * 100).toFixed(0)} % of what Fastify with a schema does (at least ${GOAL * 100} %)`,
)
process.exitCode = share >= GOAL ? 0 : 1
