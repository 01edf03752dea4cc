import { describe } from 'vitest'
import { containers } from './containers.ts'
import { embedded } from './embedded.ts'
import type { EngineProvider, Environment } from './engines.ts'
import { given } from './given.ts'
import { native } from './native.ts'

export type { EngineProvider, TestEngines } from './engines.ts'

const PROVIDERS: Readonly<Record<string, (environment: Environment) => EngineProvider | Promise<EngineProvider>>> = {
  embedded: () => embedded,
  env: given,
  containers,
  native,
}

/** The engines that ENGINES names: `embedded` when it says nothing, `env`, `containers` or `native`. */
export const engineProvider = async (environment: Environment = process.env): Promise<EngineProvider> => {
  const { ENGINES = 'embedded' } = environment
  const choose = PROVIDERS[ENGINES]
  if (!choose) throw new Error(`ENGINES is "${ENGINES}", which must be one of ${Object.keys(PROVIDERS).join(', ')}`)
  return choose(environment)
}

/** Those of this machine and of this run: the one that ENGINES names, or where it says nothing each that might be here. */
export const engineProviders = async (environment: Environment = process.env): Promise<readonly EngineProvider[]> => {
  const names = environment.ENGINES === undefined ? ['embedded', 'containers', 'native'] : [environment.ENGINES]
  return await Promise.all(names.map((name) => engineProvider({ ...environment, ENGINES: name })))
}

/** Tests that run on whatever engines are chosen. Where these cannot run, they are skipped, and their title says why. */
export const describeOn = (
  { name, missing, start }: EngineProvider,
  title: string,
  tests: (start: EngineProvider['start']) => void,
): void => {
  if (missing === undefined) describe(`${title} (${name})`, () => tests(start))
  else describe.skip(`${title} (${name}: ${missing})`, () => tests(start))
}
