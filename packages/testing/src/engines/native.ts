import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startInWorker } from '@saleswright/embedded'
import { answers } from './answers.ts'
import type { EngineProvider } from './engines.ts'

const SCRIPT = fileURLToPath(new URL('../../../../infra/native/kafka.sh', import.meta.url))
const PATIENCE_MS = 60_000
const ASK_EVERY_MS = 100

/** Apache Kafka itself, on the JDK and the Maven of this machine, beside the embedded store: there is no MongoDB without a server. */
export const native = (): EngineProvider => ({
  name: 'native',
  missing: whyNot(),
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'native-'))
    const port = await freePair()
    const broker = spawn(SCRIPT, [join(folder, 'kafka'), String(port)], { stdio: ['ignore', 'ignore', 'inherit'] })
    const ended = once(broker, 'exit')
    const end = async (): Promise<void> => {
      broker.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
    const kafka = `127.0.0.1:${port}`
    if (!(await comesUp(broker, kafka))) {
      await end()
      throw new Error('Apache Kafka did not start')
    }
    const mongo = await startInWorker({ mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'm.sock') } })
    return {
      mongo: mongo.mongo,
      kafka,
      async stop() {
        await mongo.stop()
        await end()
      },
    }
  },
})

/** False when it ended, or did not answer in time. */
const comesUp = async (broker: ChildProcess, address: string): Promise<boolean> => {
  const deadline = performance.now() + PATIENCE_MS
  while (broker.exitCode === null && performance.now() < deadline) {
    if (await answers(address)) return true
    await wait(ASK_EVERY_MS)
  }
  return false
}

/** A port that is free together with the one behind it, which the broker's controller takes: this one, or else any. */
export const freePair = async (wanted = 0): Promise<number> => {
  const first = await holding(wanted)
  const second = first && (await holding(first.port + 1))
  await first?.release()
  await second?.release()
  return first && second ? first.port : freePair()
}

/** Undefined where somebody else has the port, or there is none of that number. */
const holding = async (wanted: number) => {
  const server = createServer()
  try {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    return undefined
  }
  const { port } = server.address() as AddressInfo
  const release = async (): Promise<void> => {
    server.close()
    await once(server, 'close')
  }
  return { port, release }
}

const runs = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: PATIENCE_MS }).status === 0

const whyNot = (): string | undefined => {
  if (process.platform === 'win32') return 'the script that starts Apache Kafka needs a shell'
  if (!runs('java', '-version')) return 'no JDK for Apache Kafka'
  if (!runs('mvn', '--version')) return 'no Maven to bring Apache Kafka'
  return runs(SCRIPT, '--fetch') ? undefined : 'Maven cannot bring Apache Kafka'
}
