import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // As in production: under the tracing preload, whose instrumentation wraps gRPC, HTTP and the driver. Modules are loaded by
    // Node itself, since the preload hooks Node's loader and not Vite's.
    execArgv: ['--import', fileURLToPath(new URL('src/otel.ts', import.meta.url))],
    experimental: { viteModuleRunner: false },
    // Nothing of a file outlives it, and loading everything anew takes longer than many a test.
    isolate: false,
    // Mostly waiting: several files at a time.
    maxWorkers: 3,
    // A group that forms anew may take some seconds.
    testTimeout: 60_000,
  },
})
