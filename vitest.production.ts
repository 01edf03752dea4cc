import { fileURLToPath } from 'node:url'

/**
 * For suites that shall run as production does: under the tracing preload, whose instrumentation wraps gRPC, HTTP and the
 * database driver. Modules are loaded by Node itself, since the preload hooks Node's loader and not Vite's.
 */
export const asInProduction = {
  execArgv: ['--import', fileURLToPath(new URL('packages/service/src/otel.ts', import.meta.url))],
  experimental: { viteModuleRunner: false },
}
