export type { Migration } from '@saleswright/store'
export { CONTEXTS, type Context } from './contexts.ts'
export type { Built, Job, Platform, ServiceDefinition } from './definition.ts'
export { type Part, type RunningParts, runParts } from './parts.ts'
