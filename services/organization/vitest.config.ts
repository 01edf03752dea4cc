import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // A group that forms anew may take some seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing of a file outlives it, and loading everything anew takes longer than many a test.
    isolate: false,
  },
})
