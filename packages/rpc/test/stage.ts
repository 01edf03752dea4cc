import { generateKeyPairSync } from 'node:crypto'
import type { MessageInitShape } from '@bufbuild/protobuf'
import { systemClock } from '@saleswright/kernel'
import { exportJWK } from 'jose'
import {
  bind,
  type Call,
  type Claims,
  client,
  connect,
  dispatcher,
  healthState,
  inProcess,
  listen,
  type Observation,
  sign,
  verifier,
} from '../src/index.ts'
import { ProbeService } from './probe.ts'

const ISSUER = 'https://saleswright.test'

export const newKey = async (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } }
}

const key = await newKey('first')

const CLERK: Claims = {
  sub: 'clerk',
  kind: 'staff',
  companyId: 'acme',
  unitId: 'north',
  grants: ['probe.read@subtree', 'probe.change@company', 'probe.pay@self'],
  sid: 'session',
}

export const tokenFor = (claims: Partial<Claims> = {}, now = new Date(), signer = key): Promise<string> =>
  sign({ ...CLERK, ...claims }, signer, { issuer: ISSUER, now, expiresInSeconds: 300 })

type Act = (say: string, call: Call) => Promise<MessageInitShape<typeof ProbeService.method.read.output>>
type Line = { readonly level: string; readonly message: string } & Readonly<Record<string, unknown>>

/** A server over one of the transports whose handlers do what the test says. */
export const stage = async (kind: 'in process' | 'gRPC') => {
  const calls: Call[] = []
  const lines: Line[] = []
  const observed: Observation[] = []
  const script = { act: (async (say) => ({ heard: say })) as Act }
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, ...fields })
  const handler = async ({ say }: { readonly say: string }, call: Call) => {
    calls.push(call)
    return script.act(say, call)
  }
  const served = dispatcher(
    [bind(ProbeService, { read: handler, change: handler, pay: handler, me: handler, open: handler, inside: handler })],
    {
      verify: verifier({ issuer: ISSUER, jwks: async () => [key.jwk], clock: systemClock }),
      clock: systemClock,
      log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
      observe: (observation) => void observed.push(observation),
    },
  )
  const running = kind === 'gRPC' ? await listen(served, '127.0.0.1:0', healthState(true)) : undefined
  const transport = running ? connect(running.address) : inProcess(() => served)
  return {
    script,
    calls,
    lines,
    observed,
    served,
    transport,
    probe: client(ProbeService, transport),
    stop: async () => {
      await transport.close()
      await running?.stop()
    },
  }
}
