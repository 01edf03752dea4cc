import type { Run } from '../run.ts'
import { ACCOUNTS } from './files.ts'

/** Every account of the file, taken or not, with its parent: a subsidiary may stand before it. */
export const accountParents = async (run: Run): Promise<ReadonlyMap<string, string>> => {
  const parents = new Map<string, string>()
  for await (const { cells } of run.rows(ACCOUNTS)) parents.set(cells.account ?? '', cells.subsidiary_of ?? '')
  return parents
}

/** What is wrong with a parent: it is not in the file, or it belongs to its own subsidiary. */
export const parentFault = (parents: ReadonlyMap<string, string>, account: string): string | undefined => {
  const seen = new Set([account])
  for (let parent = parents.get(account); parent; parent = parents.get(parent)) {
    if (!parents.has(parent)) return seen.size === 1 ? 'no such account' : undefined
    if (seen.has(parent)) return 'belongs to its own subsidiary'
    seen.add(parent)
  }
  return undefined
}
