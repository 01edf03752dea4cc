import type { Catalog } from '../src/catalog.ts'

export const organization = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
