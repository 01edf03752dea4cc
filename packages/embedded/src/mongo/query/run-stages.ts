import { dirname } from 'node:path'
import * as BSON from 'bson'
import { type Doc, decode, documentOf, encode, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { compileFilter } from '../match/filter.ts'
import { collectionOf } from '../storage/database.ts'
import type { Work } from '../storage/work.ts'
import { findDocuments } from './find.ts'
import { group, readGroup } from './group.ts'
import { isPlainLookup, lookup } from './lookup.ts'
import { createBudget, WHOLE_BYTES } from './memory.ts'
import { createPipeline } from './mingo.ts'
import { filterPages, mapPages, type Pages, pagesOf, rowsOf, slicePages } from './pages.ts'
import type { Entry } from './runs.ts'
import { sortEntries, sortKey } from './sort.ts'
import { readSort } from './statement.ts'

/** What stages see beside their documents. */
export type Setting = { readonly work: Work; readonly variables: Doc | undefined }

type Stage = (pages: Pages<Doc>) => Pages<Doc>

/** Stages that look at one document at a time: mingo does them, a page after the other. */
const ONE_BY_ONE = new Set('$project $addFields $set $unset $replaceRoot $replaceWith $unwind $redact'.split(' '))

/** Another collection as a whole, for the stages that only mingo knows. */
const readWhole = (work: Work, name: string): Doc[] => {
  const keep = createBudget(`a stage that reads all of '${name}'`, WHOLE_BYTES)
  const docs: Doc[] = []
  for (const row of rowsOf(findDocuments(work, collectionOf(work, name), { filter: {} }))) {
    keep(row.bytes.length)
    docs.push(documentOf(row))
  }
  return docs
}

const mingoSetting = ({ work, variables }: Setting) => ({
  variables,
  collectionResolver: (name: string) => readWhole(work, name),
})

const oneByOne =
  (setting: Setting, stages: Doc[]): Stage =>
  (pages) => {
    const run = createPipeline(stages, mingoSetting(setting))
    return (function* () {
      for (const page of pages) yield page.length > 0 ? run([...page]) : []
    })()
  }

/** All documents at once, which is refused when they are too many. */
function* gathered(what: string, pages: Pages<Doc>): Generator<readonly Doc[], Doc[]> {
  const keep = createBudget(what, WHOLE_BYTES)
  const docs: Doc[] = []
  for (const page of pages) {
    for (const doc of page) {
      keep(BSON.calculateObjectSize(doc))
      docs.push(doc)
    }
    yield []
  }
  return docs
}

const whole = (setting: Setting, stage: Doc): Stage =>
  function* (pages) {
    const docs = yield* gathered(Object.keys(stage).join(), pages)
    yield* pagesOf(createPipeline([stage], mingoSetting(setting))(docs))
  }

const matched =
  ({ variables }: Setting, filter: Doc): Stage =>
  (pages) =>
    filterPages(pages, compileFilter(filter, variables))

const facet = (setting: Setting, spec: Record<string, Doc[]>): Stage =>
  function* (pages) {
    // Bytes, because a stage may change the documents that it gets.
    const stored = (yield* gathered('$facet', pages)).map(encode)
    const result: Doc = {}
    for (const [name, stages] of Object.entries(spec)) {
      const rows: Doc[] = []
      for (const page of runStages(setting, mapPages(pagesOf(stored), decode), stages)) {
        rows.push(...page)
        yield []
      }
      result[name] = rows
    }
    yield [result]
  }

const NO_KEY = new Uint8Array(0)

const sorted =
  ({ work }: Setting, spec: unknown, wanted: number): Stage =>
  (pages) => {
    const sort = readSort(spec)
    if (!sort) throw serverError(15976, '$sort stage must have at least one sort key')
    const order = sortKey(sort)
    const entries = mapPages(pages, (doc): Entry => ({ order: order(doc), key: NO_KEY, bytes: encode(doc) }))
    const folder = dirname(work.database.file.path)
    return mapPages(sortEntries(entries, { wanted, folder }), ({ bytes }) => decode(bytes))
  }

const countOf = (stage: Doc, name: '$skip' | '$limit'): number => {
  const value = stage[name]
  const least = name === '$limit' ? 1 : 0
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw serverError(15958, `the ${name} must be an integer of at least ${least}`)
}

/** How many of the sorted are asked for by the stages that follow: Infinity when it does not say. */
const wantedBy = ([first, second]: readonly Doc[]): number => {
  if (first && '$limit' in first) return countOf(first, '$limit')
  return first && '$skip' in first && second && '$limit' in second
    ? countOf(first, '$skip') + countOf(second, '$limit')
    : Infinity
}

/** What is short for other stages. */
const written = (stage: Doc): Doc[] => {
  if (typeof stage.$count === 'string')
    return [{ $group: { _id: null, [stage.$count]: { $sum: 1 } } }, { $unset: '_id' }]
  if ('$sortByCount' in stage)
    return [{ $group: { _id: stage.$sortByCount, count: { $sum: 1 } } }, { $sort: { count: -1 } }]
  return [stage]
}

/** One that needs more than a document at a time. */
const stageOf = (setting: Setting, stage: Doc, following: readonly Doc[]): Stage => {
  const { $match, $lookup, $sort, $facet } = stage
  if (isPlainObject($match)) return matched(setting, $match)
  const grouping = readGroup(stage.$group)
  if (grouping) return (pages) => group(oneByOne(setting, [grouping.values])(pages), grouping)
  if (isPlainLookup($lookup)) return (pages) => lookup(setting.work, pages, $lookup)
  if ($sort !== undefined) return sorted(setting, $sort, wantedBy(following))
  if (isPlainObject($facet)) return facet(setting, $facet as Record<string, Doc[]>)
  if ('$limit' in stage) return (pages) => slicePages(pages, 0, countOf(stage, '$limit'))
  if ('$skip' in stage) return (pages) => slicePages(pages, countOf(stage, '$skip'), Infinity)
  return whole(setting, stage)
}

const isOneByOne = (stage: Doc): boolean => ONE_BY_ONE.has(Object.keys(stage)[0] ?? '')

/** Runs a pipeline a page at a time; a stage that must see everything gives empty pages until it has. */
export const runStages = (setting: Setting, source: Pages<Doc>, pipeline: readonly Doc[]): Pages<Doc> => {
  const stages = pipeline.flatMap(written)
  let pages = source
  for (let at = 0; at < stages.length; ) {
    const from = at
    while (at < stages.length && isOneByOne(stages[at] ?? {})) at++
    if (at > from) pages = oneByOne(setting, stages.slice(from, at))(pages)
    const stage = stages[at]
    if (stage) pages = stageOf(setting, stage, stages.slice(++at))(pages)
  }
  return pages
}
