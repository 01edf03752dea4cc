import { defineConfig } from 'vitest/config'

// The engine runs in a worker beside the tests; on a busy machine a start takes its time.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing of a file outlives it, and loading everything anew takes longer than many a test.
    isolate: false,
  },
})
