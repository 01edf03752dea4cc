import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { bodyOf } from '@saleswright/testing/driver'
import type { orderOf } from '../orders/payload.ts'

/** Status 0 where the connection broke. */
export type Outcome = { readonly status: number; readonly ms: number; readonly retryAfter: boolean }

const TICK_MS = 10

/** Places orders over as many connections as it takes. */
export const placing = (address: string, next: () => ReturnType<typeof orderOf>, token: () => string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const place = (): Promise<Outcome> =>
    new Promise((resolve) => {
      const began = performance.now()
      const end = (status: number, retryAfter: boolean) =>
        resolve({ status, ms: performance.now() - began, retryAfter })
      const { key, ...wish } = next()
      const headers = {
        authorization: `Bearer ${token()}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      }
      const sent = request(`${address}/v1/orders`, { method: 'POST', agent, headers }, (response) => {
        response.resume().on('end', () => end(response.statusCode ?? 0, response.headers['retry-after'] !== undefined))
        response.on('error', () => end(0, false))
      })
      sent.on('error', () => end(0, false))
      sent.end(JSON.stringify(bodyOf({ key, ...wish })))
    })
  return { place, close: () => agent.destroy() }
}

/** An open loop: they come at this rate a second, whether others were answered or not. */
export const arriving = async (
  rate: number,
  seconds: number,
  place: () => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  const pending: Promise<Outcome>[] = []
  const began = performance.now()
  while (performance.now() - began < seconds * 1_000) {
    const due = ((performance.now() - began) / 1_000) * rate
    while (pending.length < due) pending.push(place())
    await wait(TICK_MS)
  }
  return Promise.all(pending)
}

/** Neither accepted nor told when to come again. */
export const isRude = ({ status, retryAfter }: Outcome): boolean =>
  status !== 201 && (!retryAfter || ![429, 503].includes(status))

export const residentMib = (pid: number): number => {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1_024)
}
