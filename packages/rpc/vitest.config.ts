import { defineConfig } from 'vitest/config'
import { asInProduction } from '../../vitest.production.ts'

export default defineConfig({ test: asInProduction })
