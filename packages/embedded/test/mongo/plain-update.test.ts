import { update as mutate } from 'mingo'
import { describe, expect, it } from 'vitest'
import type { Doc } from '../../src/mongo/bson/document.ts'
import { updatePlainly } from '../../src/mongo/query/plain-update.ts'

const doc = (): Doc => ({
  _id: 1,
  n: 5,
  text: 'x',
  at: new Date(0),
  none: null,
  list: [{ q: 1 }],
  in: { deep: { n: 1 }, m: 2 },
})

describe('plain updates', () => {
  it.each<Doc>([
    { $set: { n: 6 } },
    { $set: { 'in.deep.n': 2, 'in.new': 3, fresh: { a: 1 } } },
    { $set: { 'made.on.the.way': 1 } },
    { $set: { list: [] } },
    { $unset: { n: '' } },
    { $unset: { 'in.deep.n': '', 'in.none': '', 'not.there': '' } },
    { $inc: { n: -7, fresh: 2, 'in.deep.n': 0.5, 'way.to': 1 } },
    { $set: { text: 'y' }, $inc: { n: 1 }, $unset: { none: '' } },
    {},
  ])('do what mingo does: %j', (operators) => {
    const [ours, theirs] = [doc(), doc()]
    expect(updatePlainly(ours, operators)).toBe(true)
    if (Object.keys(operators).length > 0) mutate(theirs, operators as never)
    expect(ours).toEqual(theirs)
  })

  it.each<Doc>([
    { $push: { list: 1 } },
    { $max: { n: 9 } },
    { $set: { n: 1 }, $pull: { list: 1 } },
    { $set: { 'list.0.q': 1 } },
    { $set: { 'list.$.q': 1 } },
    { $set: { 'list.$[].q': 1 } },
    { $set: { 'text.a': 1 } },
    { $set: { 'none.a': 1 } },
    { $set: { 'at.a': 1 } },
    { $inc: { text: 1 } },
    { $inc: { none: 1 } },
    { $set: { '__proto__.polluted': 1 } },
    { $set: { 'in..n': 1 } },
  ])('leave to it what is more, and change nothing: %j', (operators) => {
    const ours = doc()
    expect(updatePlainly(ours, operators)).toBe(false)
    expect(ours).toEqual(doc())
    expect(({} as Doc).polluted).toBe(undefined)
  })
})
