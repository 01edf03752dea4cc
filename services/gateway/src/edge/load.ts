import { type Budget, budget, type Limits } from './budget.ts'

/** What requests may hold at once. */
export type LoadLimits = {
  /** Bytes of bodies that are read into memory, of callers with a token. As objects they take up to twenty times as many. */
  readonly bodies: Limits
  /** The same of strangers, by address. */
  readonly strangersBodies: Limits
  /** Uploads, whose bytes go to the disk. */
  readonly uploads: Limits
  readonly connections: Limits
}

const KIB = 1_024
const MIB = 1_024 * KIB

const LIMITS: LoadLimits = {
  bodies: { inAll: 32 * MIB, each: 8 * MIB },
  strangersBodies: { inAll: 4 * MIB, each: 256 * KIB },
  uploads: { inAll: 64, each: 8 },
  connections: { inAll: 4_096, each: 2_048 },
}

export type Load = Readonly<Record<keyof LoadLimits, Budget>>

export const loadWithin = (limits: Partial<LoadLimits> = {}): Load => {
  const all = { ...LIMITS, ...limits }
  return {
    bodies: budget(all.bodies),
    strangersBodies: budget(all.strangersBodies),
    uploads: budget(all.uploads),
    connections: budget(all.connections),
  }
}
