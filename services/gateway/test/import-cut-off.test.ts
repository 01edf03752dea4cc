import { organization } from '@saleswright/organization'
import type { Platform, ServiceDefinition } from '@saleswright/service'
import { expect, test } from 'vitest'
import { gateway } from '../src/service.ts'
import { aCompany } from './company.ts'
import { GOOD, importing } from './importing.ts'
import { startPlatform } from './platform.ts'

let inside: Platform | undefined
const watched: ServiceDefinition = {
  ...gateway,
  build: (platform) => {
    inside = platform
    return gateway.build(platform)
  },
}
const { open } = await startPlatform([organization, watched])
const { http } = await open()
const { root } = await aCompany(http)
const imports = () => inside!.store.connection.collection<{ _id: string; status: string }>('imports')

const { begin: beginWith, read, findingsOf } = importing(http, root)

/** A dry run of so many deals of Anna's; what is somebody else's is rejected. */
const begin = (deals: number, agent = 'Anna'): Promise<string> => {
  const [header] = GOOD['sales_pipeline.csv'].split('\n')
  const rows = Array.from({ length: deals }, (_, row) => `A${row},${agent},GTX Pro,,Engaging,,,`)
  return beginWith({ ...GOOD, 'sales_pipeline.csv': [header, ...rows].join('\n') })
}

const done = (importId: string) =>
  expect.poll(async () => (await read(importId)).status, { timeout: 60_000 }).toBe('DONE')

test('an import that cannot write down how far it is ends nothing but itself', async () => {
  const lost = await begin(100_000)
  const lose = async () => (await imports().deleteOne({ _id: lost, status: 'running' })).deletedCount
  await expect.poll(lose, { interval: 10, timeout: 10_000 }).toBe(1)
  await done(await begin(1))
})

test('an import that is begun again finds what it found once', async () => {
  const importId = await begin(3, 'Nobody')
  await done(importId)
  await imports().updateOne({ _id: importId }, { $set: { status: 'running' } })
  await done(importId)
  expect(await findingsOf(importId)).toHaveLength(3)
  expect((await read(importId)).counts).toContainEqual(expect.objectContaining({ rejected: '3' }))
})

test('an import is cancelled while it runs and before it begins, and the next one goes on', async () => {
  const cancel = (importId: string) => http.call('POST', `/v1/imports/${importId}/cancel`, { token: root, body: {} })
  const running = await begin(100_000)
  const queued = await begin(1)
  await expect.poll(async () => (await read(running)).status, { interval: 10, timeout: 10_000 }).toBe('RUNNING')
  for (const importId of [queued, running]) {
    expect((await cancel(importId)).json).toMatchObject({ status: 'CANCELLED', finishedAt: expect.any(String) })
  }
  expect((await cancel(queued)).json.status).toBe('CANCELLED')
  const next = await begin(1)
  await done(next)
  expect([(await read(queued)).status, (await read(running)).status]).toEqual(['CANCELLED', 'CANCELLED'])
  expect((await cancel(next)).json).toMatchObject({ status: 409, code: 'import_is_done' })
})
