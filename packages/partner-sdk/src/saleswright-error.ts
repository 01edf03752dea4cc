export type Violation = { readonly field: string; readonly rule: string; readonly message: string }

/** An RFC 9457 problem as the platform sends it. */
export type Problem = {
  readonly status: number
  /** Stable, snake_case: what to act on. */
  readonly code: string
  readonly title?: string
  readonly detail?: string
  readonly traceId?: string
  readonly violations?: readonly Violation[]
}

/** Every failure of a call: refused by the platform, or `network_error` with status 0 where no answer came. */
export class SaleswrightError extends Error {
  override readonly name = 'SaleswrightError'
  readonly status: number
  readonly code: string
  readonly violations: readonly Violation[]
  /** To name when asking for help. */
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    problem: Problem,
    { retryAfterSeconds, cause }: { retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(`${problem.code}: ${problem.detail ?? problem.title ?? problem.status}`, { cause })
    this.status = problem.status
    this.code = problem.code
    this.violations = problem.violations ?? []
    this.requestId = problem.traceId
    this.retryAfterSeconds = retryAfterSeconds
  }
}
