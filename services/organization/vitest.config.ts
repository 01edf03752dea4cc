import { defineConfig } from 'vitest/config'

// A group that forms anew may take some seconds.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } })
