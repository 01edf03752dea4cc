import { create } from '@bufbuild/protobuf'
import { type Problem, ProblemSchema } from '@saleswright/contracts/saleswright/api/v1/problem_pb.ts'
import { AppError, type ErrorKind } from '@saleswright/kernel'
import { MAX_VIOLATIONS } from './field-rules.ts'
import { STATUS } from './status.ts'

/** The trailer of a refusal holds its Problem in binary. */
export const PROBLEM_TRAILER = 'problem-bin'

export const problemOf = ({ kind, code, params, violations, retryAfterSeconds }: AppError): Problem =>
  create(ProblemSchema, {
    kind,
    code,
    params: { ...params },
    violations: violations.slice(0, MAX_VIOLATIONS).map((violation) => ({ ...violation })),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })

const isKind = (text: string): text is ErrorKind => Object.hasOwn(STATUS, text)

/** The refusal as the other side threw it. A kind of a newer release is `internal` here. */
export const errorOf = ({ kind, code, params, violations, retryAfterSeconds }: Problem): AppError =>
  new AppError(
    isKind(kind) ? kind : 'internal',
    code,
    { ...params },
    {
      violations: violations.map(({ field, rule, message }) => ({ field, rule, message })),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  )
