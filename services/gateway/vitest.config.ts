import { defineConfig } from 'vitest/config'
import { asInProduction } from '../../vitest.production.ts'

export default defineConfig({
  test: {
    ...asInProduction,
    // Five services start on engines of their own before the first test of a file.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Loading all of them anew for each file takes a third of the time; nothing of a file outlives it.
    isolate: false,
  },
})
