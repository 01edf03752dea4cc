import { fromBinary } from '@bufbuild/protobuf'
import { AuditCheckpointSchema } from '@saleswright/contracts/saleswright/api/v1/audit_pb.ts'
import { PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, onTestFinished, test, vi } from 'vitest'
import { AUDIT_TOPIC } from '../src/checkpoint-news.ts'
import { auditSeal } from '../src/seal.ts'
import { KEY, startEngines } from './engines.ts'
import { aSigner, organizationWith, tokenOf } from './tiny-platform.ts'

const MINUTE = 60_000

test('the newest seal of a trail is told every ten minutes, once, as something that anybody can keep and check', async () => {
  let now = new Date()
  const signer = aSigner()
  const { host, connect } = await startEngines()
  const hosted = await host([organizationWith(signer)], { clock: { now: () => now } })
  const positions = client(PositionService, hosted.transportOf(PositionService))
  const add = async (title: string) => {
    const token = await tokenOf(signer, { sub: newId(), sid: newId() }, now)
    await positions.createPosition({ title }, { token, idempotencyKey: newId() })
    await hosted.drained()
  }
  const later = async () => {
    now = new Date(now.getTime() + 10 * MINUTE)
    await hosted.doDueJobs()
  }
  await add('clerk')
  await hosted.doDueJobs()
  await later()
  await later()
  await add('driver')
  await later()

  const bus = connect()
  const kept: { readonly headers: readonly unknown[]; readonly value: Uint8Array }[] = []
  const copies = bus.subscribe({
    group: 'copies',
    topics: [AUDIT_TOPIC],
    next: async () => undefined,
    gap: async ({ low }) => low,
    handle: async (messages) => {
      kept.push(...messages.map(({ header, value }) => ({ headers: [header('ce_type'), header('ce_source')], value })))
    },
  })
  onTestFinished(() => bus.close())
  onTestFinished(() => copies.stop())
  await vi.waitFor(() => expect(kept).toHaveLength(2), 20_000)

  const [first, second] = kept.map(({ value }) => fromBinary(AuditCheckpointSchema, value))
  expect(first).toMatchObject({ context: 'organization', number: 1n, fromPosition: 1n, toPosition: 1n, previous: '' })
  expect(second).toMatchObject({ number: 2n, fromPosition: 2n, toPosition: 2n, previous: first!.hash })
  const { verify } = auditSeal(KEY, 'organization')
  for (const { hash, signature, keyId } of [first!, second!])
    expect(verify(Buffer.from(hash), signature, keyId)).toBe(true)
  expect(kept[0]?.headers).toEqual(['saleswright.api.v1.AuditCheckpoint', 'organization'])
})
