/** Where the two engines of a test answer; they are its own from `start` to `stop`. */
export type TestEngines = {
  /** A URI for the driver of MongoDB, without a database. */
  readonly mongo: string
  /** The address of the broker, or the path of its socket. */
  readonly kafka: string
  readonly stop: () => Promise<void>
}

export type EngineProvider = {
  readonly name: string
  /** Why it cannot run here. */
  readonly missing?: string | undefined
  readonly start: () => Promise<TestEngines>
}

export type Environment = Readonly<Record<string, string | undefined>>
