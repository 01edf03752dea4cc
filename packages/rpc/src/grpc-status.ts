import { toBinary } from '@bufbuild/protobuf'
import { Metadata, type ServiceError } from '@grpc/grpc-js'
import { ProblemSchema } from '@saleswright/contracts/saleswright/api/v1/problem_pb.ts'
import { AppError, invalid } from '@saleswright/kernel'
import { PROBLEM_TRAILER, problemOf } from './problem.ts'
import { STATUS } from './status.ts'

/** A refusal as gRPC sends it; what is none is an internal error and says nothing. */
export const grpcStatusOf = (error: unknown): Partial<ServiceError> => {
  const refusal = error instanceof AppError ? error : new AppError('internal', 'internal_error')
  const metadata = new Metadata()
  metadata.set(PROBLEM_TRAILER, Buffer.from(toBinary(ProblemSchema, problemOf(refusal))))
  return { code: STATUS[refusal.kind].grpc, details: refusal.code, metadata }
}

/** INVALID_ARGUMENT for bytes that are no request of their method. */
export const UNREADABLE: Partial<ServiceError> = grpcStatusOf(invalid('malformed_request'))
