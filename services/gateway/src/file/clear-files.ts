import { companyScope } from '@saleswright/kernel'
import type { Job, Platform } from '@saleswright/service'
import type { Repository } from '@saleswright/store'
import type { Blobs } from './blobs.ts'
import type { StoredFile } from './stored-file.ts'

type Needs = {
  readonly platform: Pick<Platform, 'store' | 'clock' | 'cause'>
  readonly files: Repository<StoredFile>
  readonly blobs: Blobs
}
type Place = Pick<StoredFile, 'companyId'> & { readonly _id: string }

/** What nobody needs is kept so long all the same, for somebody may be about to. */
export const KEPT_MS = 86_400_000
const AT_ONCE = 200

/** What nobody claims within a day of its upload goes (decisions 37): every hour, of all companies, whatever the hour is for. */
export const clearFiles = (needs: Needs): Job => ({
  name: 'unclaimed-files',
  cron: '0 * * * *',
  zone: 'UTC',
  run: async () => {
    const { store, clock } = needs.platform
    const uploadedAt = { $lt: new Date(clock.now().getTime() - KEPT_MS) }
    const late = store.connection
      .collection<Place>('files')
      .find({ use: { $in: ['fresh', 'going'] }, uploadedAt }, { projection: { companyId: 1 }, batchSize: AT_ONCE })
    for await (const place of late) await clear(needs, place)
  },
})

/** First it can be claimed no longer, then its bytes go, and its record last: what is cut off in between is found again. */
const clear = async ({ platform, files, blobs }: Needs, { _id, companyId }: Place): Promise<void> => {
  const { store, cause } = platform
  const scope = companyScope(companyId)
  const goes = await store.transact(cause(), async (tx) => {
    const file = await tx.find(files, scope, _id)
    if (!file || file.use === 'claimed') return false
    tx.put(files, { ...file, use: 'going' })
    return true
  })
  if (!goes) return
  await blobs.remove(_id)
  await store.transact(cause(), async (tx) => {
    const file = await tx.find(files, scope, _id)
    if (file) tx.remove(files, file)
  })
}
