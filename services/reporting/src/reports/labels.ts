import { catalogs, type Language } from '@saleswright/contracts'
import type { Grouping } from '../figures/grouping.ts'
import type { Lookups } from '../reading/lookups.ts'

const WORDS: Partial<Readonly<Record<Grouping, string>>> = { stage: 'customers', bucket: 'reporting' }

/** The word of a stage or a bucket in the caller's language. */
export const wordOf = (grouping: Grouping, key: string, language: Language): string | undefined => {
  const word = catalogs[WORDS[grouping] ?? '']?.statuses[key]
  return word && (language === 'en' ? word.en : word.zh)
}

export type Labels = (grouping: Grouping, key: string) => string

/** What a person reads for the keys of a report; the key itself where there is no name, nothing where nothing is known. */
export const labelsFor = async (
  lookups: Lookups,
  groupings: readonly Grouping[],
  keysOf: (grouping: Grouping) => readonly string[],
  language: Language,
): Promise<Labels> => {
  const named = groupings.map(async (grouping) => {
    const keys = [...new Set(keysOf(grouping))].filter((key) => key !== '')
    return [grouping, await lookups.names(grouping, keys)] as const
  })
  const names = new Map(await Promise.all(named))
  return (grouping, key) => wordOf(grouping, key, language) ?? names.get(grouping)?.(key) ?? key
}
