import { Context, evalExpr } from 'mingo/core'
import * as expressions from 'mingo/operators/expression'
import { $expr } from 'mingo/operators/query'
import { Query } from 'mingo/query'
import type { Options } from 'mingo/types'
import type { Doc } from '../bson/document.ts'
import { orderedValue } from '../bson/ordered-key.ts'
import { serverError } from '../errors.ts'

/** Expressions compare whole values of any type, by the order of all values; mingo's look into arrays as filters do. */
const comparison =
  (name: string, holds: (sign: number) => unknown) =>
  (doc: Doc, operands: unknown, options: Options): unknown => {
    if (!Array.isArray(operands) || operands.length !== 2)
      throw serverError(9, `Expression ${name} takes exactly 2 arguments`)
    const [left, right] = evalExpr(doc, operands, options) as unknown[]
    return holds(Buffer.compare(orderedValue(left), orderedValue(right)))
  }

/** mingo's expressions, with those of MongoDB where the two differ. */
export const EXPRESSIONS = {
  ...expressions,
  $cmp: comparison('$cmp', (sign) => sign),
  $eq: comparison('$eq', (sign) => sign === 0),
  $ne: comparison('$ne', (sign) => sign !== 0),
  $gt: comparison('$gt', (sign) => sign > 0),
  $gte: comparison('$gte', (sign) => sign >= 0),
  $lt: comparison('$lt', (sign) => sign < 0),
  $lte: comparison('$lte', (sign) => sign <= 0),
}

const CONTEXT = Context.init({ expression: EXPRESSIONS as never, query: { $expr } as never })

/** Whether an expression is true of a document. */
export const truthOf = (expression: unknown, variables: Doc | undefined): ((doc: Doc) => boolean) => {
  const query = new Query(
    { $expr: expression },
    { context: CONTEXT, scriptEnabled: false, ...(variables && { variables }) },
  )
  return (doc) => query.test(doc)
}
