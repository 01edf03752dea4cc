import type { Catalog } from '../src/catalog.ts'

export const incentives = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
