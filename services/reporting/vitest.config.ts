import { defineConfig } from 'vitest/config'

// A consumer group that forms anew may take some seconds.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 60_000 } })
