import type { Scope } from '@saleswright/kernel'
import type { Repository, Tx } from '@saleswright/store'
import type { StoredFile } from './stored-file.ts'

/** Takes files into use, so that they are kept (decisions 37): all of them, or where some are missing none. Gives the missing ones. */
export const claim = async (
  tx: Tx,
  files: Repository<StoredFile>,
  scope: Scope,
  ids: readonly string[],
): Promise<readonly string[]> => {
  const found = await tx.findBy(files, scope, { _id: { $in: ids } })
  const there = new Map(found.filter(({ use }) => use !== 'going').map((file) => [file.id, file]))
  const missing = ids.filter((id) => !there.has(id))
  if (missing.length > 0) return missing
  for (const file of there.values()) tx.put(files, { ...file, use: 'claimed' })
  return []
}
