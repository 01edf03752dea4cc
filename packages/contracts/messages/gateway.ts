import type { Catalog } from '../src/catalog.ts'

export const gateway = {
  sentences: {},
  things: {},
  statuses: {},
} as const satisfies Catalog
