import { defineConfig } from 'vitest/config'

// Engines are started, among them Apache Kafka, and on a busy machine that takes its time.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing of a file outlives it, and loading everything anew takes longer than many a test.
    isolate: false,
  },
})
