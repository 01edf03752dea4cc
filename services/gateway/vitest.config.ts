import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // As in production: under the tracing preload, whose instrumentation wraps gRPC, HTTP and the driver. Modules are loaded by
    // Node itself, since the preload hooks Node's loader and not Vite's.
    execArgv: ['--import', fileURLToPath(new URL('../../packages/service/src/otel.ts', import.meta.url))],
    experimental: { viteModuleRunner: false },
    // Five services start on engines of their own before the first test of a file.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Loading all of them anew for each file takes a third of the time; nothing of a file outlives it.
    isolate: false,
  },
})
