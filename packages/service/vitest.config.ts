import { defineConfig } from 'vitest/config'
import { asInProduction } from '../../vitest.production.ts'

// A group that forms anew may take some seconds.
export default defineConfig({ test: { ...asInProduction, testTimeout: 60_000 } })
