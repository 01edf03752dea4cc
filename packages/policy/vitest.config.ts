import { defineConfig } from 'vitest/config'

// Nothing of a file outlives it, and loading everything anew takes longer than the tests.
export default defineConfig({ test: { isolate: false } })
