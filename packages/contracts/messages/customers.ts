import type { Catalog } from '../src/catalog.ts'

export const customers = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
