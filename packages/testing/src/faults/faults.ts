/* What is done to a platform on purpose, from within and on the way to it. Neither needs a test runner. */
export { type CuttingProxy, cuttingProxy } from './cutting-proxy.ts'
export { type FailPoints, failPoints, type Trap } from './fail-points.ts'
export { type LyingBus, lyingBus } from './lying-bus.ts'
