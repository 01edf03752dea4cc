import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from '@saleswright/kernel'

const derived = (key: Uint8Array, purpose: string): Buffer => createHmac('sha256', key).update(purpose).digest()

/** What a service shows to organization for its token: hex, 64 digits. */
export const serviceSecret = (key: Uint8Array, service: string): string =>
  derived(key, `service:${service}`).toString('hex')

export const isServiceSecret = (key: Uint8Array, service: string, shown: string): boolean => {
  const [expected, got] = [Buffer.from(serviceSecret(key, service)), Buffer.from(shown)]
  return expected.length === got.length && timingSafeEqual(expected, got)
}

/** 32 bytes for a service to seal what it stores; they never leave its process, unlike its secret. */
export const sealingKey = (key: Uint8Array, service: string): Uint8Array => derived(key, `seal:${service}`)

/** A service as an actor, by its name: what its reactions and jobs do is done by it. */
export const serviceActor = (service: string): Actor => ({
  id: service,
  kind: 'service',
  companyId: '',
  grants: new Map(),
})
