import { defineConfig } from 'vitest/config'

// A consumer group that forms anew may take some seconds.
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Nothing of a file outlives it, and loading everything anew takes longer than many a test.
    isolate: false,
  },
})
