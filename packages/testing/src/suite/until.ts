/**
 * Where what ends a thing is handed to: `afterAll` of vitest for the tests of a file, `onTestFinished` for one test. Both run what
 * came last first, so that a host stops before its engines do.
 */
export type Until = (end: () => Promise<void> | void) => void
