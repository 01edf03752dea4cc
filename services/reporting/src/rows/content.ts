import type { Row } from './row.ts'

/** A document as the database has it. */
export type Document = Readonly<Record<string, unknown>> & { readonly _id: string }

/** How often it was written, and by which form of the code, is no part of what a row says. */
const OF_THE_STORE = new Set(['version', 'schema'])

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{${fields
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, inner]) => `${JSON.stringify(field)}:${canonical(inner)}`)
    .join()}}`
}

/** One text for what is one row, whenever and however often it was written. */
export const contentOf = (document: Document): string =>
  canonical(Object.fromEntries(Object.entries(document).filter(([field]) => !OF_THE_STORE.has(field))))

/** The same of a row that is not stored. */
export const contentOfRow = ({ id: _id, ...row }: Row): string => contentOf({ ...row, _id })
