import type { Catalog } from '../src/catalog.ts'

export const performance = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
