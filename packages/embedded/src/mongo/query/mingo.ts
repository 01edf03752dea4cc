import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import type { Iterator } from 'mingo/lazy'
import * as accumulator from 'mingo/operators/accumulator'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import { $and, $expr, $nor, $or } from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import type { Options } from 'mingo/types'
import type { Doc } from '../bson/document.ts'
import { conditionOf, OPERATOR_NAMES } from '../match/conditions.ts'
import { EXPRESSIONS } from '../match/expressions.ts'
import { compileFilter } from '../match/filter.ts'
import { readPath } from '../match/paths.ts'

type Given = Options & { readonly local?: { readonly variables?: Doc } }

/** The command's variables, and those that a `$lookup` gives its pipeline. */
const variablesIn = ({ variables, local }: Given): Doc => ({ ...variables, ...local?.variables })

/** A filter's operator as mingo calls it inside of stages. */
const queryOperator = (name: string) => (path: string, operand: unknown, given: Given) =>
  conditionOf({ [name]: operand }, (inner) => compileFilter(inner, variablesIn(given))).at(readPath(path))

/** In the pipeline of a stage that mingo does. */
const $match = (docs: Iterator, filter: Doc, given: Given): Iterator => {
  const test = compileFilter(filter, variablesIn(given))
  return docs.filter<Doc>((doc) => test(doc))
}

/** Everything of mingo that the engine uses; what filters and comparisons mean is our own. */
const CONTEXT = Context.init({
  accumulator: accumulator as never,
  expression: EXPRESSIONS as never,
  pipeline: { ...pipeline, $match } as never,
  projection: projection as never,
  query: {
    $and,
    $expr,
    $nor,
    $or,
    ...Object.fromEntries(OPERATOR_NAMES.map((name) => [name, queryOperator(name)])),
  } as never,
  window: window as never,
})

type Setting = {
  readonly variables?: Doc | undefined
  readonly collectionResolver?: (name: string) => Doc[]
}

const optionsOf = ({ variables, collectionResolver }: Setting) => ({
  context: CONTEXT,
  scriptEnabled: false,
  ...(variables && { variables }),
  ...(collectionResolver && { collectionResolver }),
})

/** Runs stages over documents that are all there. */
export const createPipeline = (stages: Doc[], setting: Setting): ((docs: Doc[]) => Doc[]) => {
  const aggregator = new Aggregator(stages, optionsOf(setting))
  return (docs) => aggregator.run(docs) as Doc[]
}

/** One document through stages that keep it one. */
export const transform = (doc: Doc, stages: Doc[], variables: Doc | undefined): Doc =>
  createPipeline(stages, { variables })([doc])[0] as Doc
