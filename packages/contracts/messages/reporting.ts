import type { Catalog } from '../src/catalog.ts'

export const reporting = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
