export type { Built, Context, Job, Migration, Platform, ServiceDefinition } from './definition.ts'
export { type Part, type RunningParts, runParts } from './parts.ts'
