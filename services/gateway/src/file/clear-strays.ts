import type { Job, Platform } from '@saleswright/service'
import type { Blobs } from './blobs.ts'
import { KEPT_MS } from './clear-files.ts'

type Needs = {
  readonly platform: Pick<Platform, 'store' | 'clock' | 'log'>
  readonly blobs: Blobs
}

const AT_ONCE = 200

/**
 * Bytes of which nothing is recorded: their upload broke off, or its process died before it could note them. They go when nothing
 * was written to them for a day, which no upload that is under way takes. Where nothing at all is recorded, they stay: the folder may
 * be that of another installation, or the database a new one.
 */
export const clearStrays = ({ platform, blobs }: Needs): Job => ({
  name: 'stray-files',
  cron: '30 3 * * *',
  zone: 'UTC',
  run: async () => {
    const { store, clock, log } = platform
    const until = new Date(clock.now().getTime() - KEPT_MS)
    const records = store.connection.collection<{ _id: string }>('files')
    if (!(await records.findOne({}, { projection: { _id: 1 } }))) return
    const clear = async (ids: readonly string[]): Promise<void> => {
      const old = await olderThan(until, ids, blobs)
      const found = await records.find({ _id: { $in: old } }, { projection: { _id: 1 } }).toArray()
      const recorded = new Set(found.map(({ _id }) => _id))
      for (const id of old.filter((one) => !recorded.has(one))) {
        await blobs.remove(id)
        log.info({ fileId: id }, 'bytes of an upload that was never recorded are gone')
      }
    }
    let some: string[] = []
    for await (const id of blobs.ids()) {
      some.push(id)
      if (some.length < AT_ONCE) continue
      await clear(some)
      some = []
    }
    await clear(some)
  },
})

const olderThan = async (until: Date, ids: readonly string[], blobs: Blobs): Promise<string[]> => {
  const times = await Promise.all(ids.map(async (id) => ({ id, at: await blobs.writtenAt(id) })))
  return times.flatMap(({ id, at }) => (at !== undefined && at < until ? [id] : []))
}
