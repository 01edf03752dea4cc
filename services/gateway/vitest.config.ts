import { defineConfig } from 'vitest/config'

// Five services start on engines of their own before the first test of a file.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 60_000 } })
