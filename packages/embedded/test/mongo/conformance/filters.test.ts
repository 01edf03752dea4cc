import { inspect } from 'node:util'
import { Binary, Decimal128, type Document, Long, MaxKey, MinKey } from 'mongodb'
import { beforeAll, describe, expect, it } from 'vitest'
import { failure, withServer } from '../harness.ts'
import { NULLS, PATHS, POSITIONS } from './paths.ts'
import type { Group } from './table.ts'

const ARRAYS: Group = {
  title: 'arrays',
  indexes: ['a', 'a.x'],
  docs: {
    scalar: { a: 1 },
    up: { a: [1, 2] },
    down: { a: [2, 1] },
    empty: { a: [] },
    nested: { a: [[1, 2], 3] },
    hollow: { a: [[]] },
    xy: { a: [{ x: 1, y: 2 }] },
    yx: { a: [{ y: 2, x: 1 }] },
    apart: { a: [{ x: 1 }, { y: 2 }] },
    missing: {},
  },
  cases: [
    [{ a: [1, 2] }, 'up nested'],
    [{ a: [] }, 'empty hollow'],
    [{ a: { $in: [[]] } }, 'empty hollow'],
    [{ a: { $in: [[1, 2], null] } }, 'up nested missing'],
    [{ a: { $ne: [] } }, 'scalar up down nested xy yx apart missing'],
    [{ a: { $ne: 1 } }, 'empty nested hollow xy yx apart missing'],
    [{ a: { $nin: [1, [[]]] } }, 'empty nested xy yx apart missing'],
    [{ a: { $all: [1, 2] } }, 'up down'],
    [{ a: { $all: [[1, 2]] } }, 'up nested'],
    [{ a: { $all: [1] } }, 'scalar up down'],
    [{ a: { $all: [] } }, ''],
    [{ a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { y: 2 } }] } }, 'xy yx apart'],
    [{ a: { $elemMatch: { x: 1, y: 2 } } }, 'xy yx'],
    [{ a: { $elemMatch: { $or: [{ x: 1 }, { y: 9 }] } } }, 'xy yx apart'],
    [{ a: { $elemMatch: { 0: 1 } } }, 'nested'],
    [{ a: { $elemMatch: { $gte: 2 } } }, 'up down nested'],
    [{ a: { $elemMatch: { $gte: 2, $lt: 2 } } }, ''],
    [{ a: { $gt: 1, $lt: 2 } }, 'up down'],
    [{ a: { $elemMatch: { $elemMatch: { $gt: 1 } } } }, 'nested'],
    [{ a: { $elemMatch: { $size: 0 } } }, 'hollow'],
    [{ a: { $elemMatch: { $not: { $gt: 1 } } } }, 'up down nested hollow xy yx apart'],
    [{ a: { $not: { $elemMatch: { x: 1 } } } }, 'scalar up down empty nested hollow missing'],
    [{ a: { x: 1, y: 2 } }, 'xy'],
    [{ a: { $in: [{ y: 2, x: 1 }] } }, 'yx'],
    [{ 'a.x': 1, 'a.y': 2 }, 'xy yx apart'],
    [{ a: { $size: 2 } }, 'up down nested apart'],
    [{ a: { $gt: [1] } }, 'up down nested hollow xy yx apart'],
    [{ a: { $gt: { x: 0 } } }, 'xy yx apart'],
    [{ a: {} }, ''],
    [{ a: { $type: 'array' } }, 'up down empty nested hollow xy yx apart'],
    [{ a: { $type: ['object', 4] } }, 'up down empty nested hollow xy yx apart'],
    [{ a: { $elemMatch: { $type: 'array' } } }, 'nested hollow'],
  ],
}

const TYPES: Group = {
  title: 'types',
  indexes: ['a'],
  docs: {
    one: { a: 1 },
    five: { a: 5 },
    text: { a: '5' },
    nan: { a: Number.NaN },
    endless: { a: Infinity },
    date: { a: new Date(5) },
    yes: { a: true },
    no: { a: false },
    list: { a: ['z', 7] },
    object: { a: { b: 9 } },
    long: { a: Long.fromNumber(5) },
    decimal: { a: Decimal128.fromString('5') },
    large: { a: Long.fromString('1152921504606846976') },
    least: { a: new MinKey() },
    most: { a: new MaxKey() },
  },
  cases: [
    [{ a: { $gt: 1 } }, 'five endless list long decimal large'],
    [{ a: { $gte: 5 } }, 'five endless list long decimal large'],
    [{ a: { $lt: 5 } }, 'one'],
    [{ a: { $lte: Number.NaN } }, 'nan'],
    [{ a: Number.NaN }, 'nan'],
    [{ a: { $gt: Number.NaN } }, ''],
    [{ a: { $gt: -Infinity } }, 'one five endless list long decimal large'],
    [{ a: 5 }, 'five long decimal'],
    [{ a: Long.fromNumber(5) }, 'five long decimal'],
    [{ a: { $in: [Long.fromNumber(5), true] } }, 'five long decimal yes'],
    [{ a: 2 ** 60 }, 'large'],
    [{ a: { $gt: Long.fromString('1152921504606846975') } }, 'large endless'],
    [{ a: { $gt: '4' } }, 'text list'],
    [{ a: { $gt: false } }, 'yes'],
    [{ a: { $lt: new Date(9) } }, 'date'],
    [{ a: { $gt: 1, $lt: 'z' } }, ''],
    [{ a: { $gt: 1, $lte: 'z' } }, 'list'],
    [{ a: { $ne: 5 } }, 'one text nan endless date yes no list object large least most'],
    [{ a: { $in: [1, '5', true] } }, 'one text yes'],
    [{ a: { $mod: [5, 0] } }, 'five long decimal'],
    [{ a: { $mod: [5, 2] } }, 'list'],
    [{ a: { $mod: [-5.9, 0.5] } }, 'five long decimal'],
    [{ a: { $type: 'number' } }, 'one five nan endless list long decimal large'],
    [{ a: { $type: 'int' } }, 'one five list'],
    [{ a: { $type: 1 } }, 'nan endless'],
    [{ a: { $type: 'long' } }, 'long large'],
    [{ a: { $type: ['string', 'bool'] } }, 'text yes no list'],
    [{ a: { $type: 'decimal' } }, 'decimal'],
    [{ a: { $type: 'object' } }, 'object'],
    [{ a: { $type: [9, -1, 127] } }, 'date least most'],
    [{ a: { $elemMatch: { $type: 'int' } } }, 'list'],
    [{ a: { $not: { $type: 'number' } } }, 'text date yes no object least most'],
    [{ $expr: { $gt: ['$a', 5] } }, 'text endless date yes no list object large most'],
    [{ $expr: { $eq: ['$a', 'z'] } }, ''],
    [{ $expr: { $eq: ['$missing', null] } }, ''],
    [{ a: { $type: 'long' }, $expr: { $gt: ['$a', 5] } }, 'large'],
    [{ a: { $eq: new MinKey() } }, 'least'],
    [{ a: { $gt: new MinKey(), $type: 'bool' } }, 'yes no'],
    [{ $comment: 'why', a: 1 }, 'one'],
  ],
}

const PATTERNS: Group = {
  title: 'patterns',
  indexes: ['a'],
  docs: {
    apple: { a: 'Apple' },
    fruits: { a: ['fig', 'apple'] },
    pattern: { a: /^A/ },
    nested: { a: ['x', ['apple']] },
    number: { a: 5 },
    lines: { a: 'pine\napple' },
    missing: {},
    none: { a: null },
  },
  cases: [
    [{ a: /^A/ }, 'apple pattern'],
    [{ a: /apple/i }, 'apple fruits lines'],
    [{ a: { $regex: '^a', $options: 'i' } }, 'apple fruits'],
    [{ a: /^apple/m }, 'fruits lines'],
    [{ a: { $regex: 'pine.apple', $options: 's' } }, 'lines'],
    [{ a: { $regex: 'pine.apple' } }, ''],
    [{ a: { $regex: '(?i)^apple' } }, 'apple fruits'],
    [{ a: { $regex: /^APPLE/, $options: 'i' } }, 'apple fruits'],
    [{ a: { $not: /apple/i } }, 'pattern nested number missing none'],
    [{ a: { $in: [/^fig/, 5] } }, 'fruits number'],
    [{ a: { $nin: [/apple/i] } }, 'pattern nested number missing none'],
    [{ a: { $all: [/fig/, /apple/] } }, 'fruits'],
    [{ a: { $eq: /^A/ } }, 'pattern'],
    [{ a: { $elemMatch: { $regex: '^f' } } }, 'fruits'],
    [{ a: { $type: 'regex' } }, 'pattern'],
  ],
}

const BITS: Group = {
  title: 'bits',
  indexes: ['a'],
  docs: {
    five: { a: 5 },
    list: { a: [2, 7] },
    minus: { a: -1 },
    half: { a: 5.5 },
    text: { a: '5' },
    bytes: { a: new Binary(Buffer.from([5, 1])) },
    long: { a: Long.fromString('1152921504606846977') },
  },
  cases: [
    [{ a: { $bitsAllSet: [0, 2] } }, 'five list minus bytes'],
    [{ a: { $bitsAllSet: 5 } }, 'five list minus bytes'],
    [{ a: { $bitsAllClear: 2 } }, 'five bytes long'],
    [{ a: { $bitsAnySet: [1, 60] } }, 'list minus long'],
    [{ a: { $bitsAnyClear: new Binary(Buffer.from([3])) } }, 'five list bytes long'],
    [{ a: { $bitsAllSet: [200] } }, 'minus'],
  ],
}

const h = withServer()

const namesOf = (rows: readonly Document[]): string[] => rows.map(({ _id }) => String(_id)).sort()

const shown = (filter: Document): string => inspect(filter, { depth: 9, breakLength: Infinity })

describe.each([NULLS, PATHS, POSITIONS, ARRAYS, TYPES, PATTERNS, BITS])(
  'filters: $title',
  ({ indexes, docs, cases }) => {
    const rows: Document[] = Object.entries(docs).map(([name, doc]) => ({ _id: name, ...doc }))
    const collections: string[] = []
    beforeAll(async () => {
      const [walked, indexed] = [h.fresh(), h.fresh()]
      for (const collection of [walked, indexed]) await collection.insertMany(rows)
      for (const path of indexes) await indexed.createIndex({ [path]: 1 })
      collections.push(walked.collectionName, indexed.collectionName)
    })

    it.each(cases.map(([filter, expected]) => [shown(filter), filter, expected] as const))(
      '%s',
      async (_, filter, expected) => {
        const names = expected.split(' ').filter(Boolean).sort()
        for (const name of collections) {
          expect(namesOf(await h.db.collection(name).find(filter).toArray()), name).toEqual(names)
          if (inspect(filter).includes('$type')) continue
          const union = { $unionWith: { coll: name, pipeline: [{ $match: filter }] } }
          for (const pipeline of [
            [{ $skip: 0 }, { $match: filter }],
            [{ $match: { _id: null } }, union],
          ])
            expect(namesOf(await h.db.collection(name).aggregate(pipeline).toArray()), inspect(pipeline)).toEqual(names)
        }
      },
    )
  },
)

describe('filters that MongoDB refuses, and those that it would take', () => {
  it.each<[number, Document]>([
    [2, { a: { $gt: /x/ } }],
    [2, { a: { $ne: /x/ } }],
    [2, { a: { $in: 5 } }],
    [2, { a: { $in: [{ $gt: 1 }] } }],
    [2, { a: { $all: 5 } }],
    [2, { a: { $all: [1, { $elemMatch: { x: 1 } }] } }],
    [9, { a: { $size: -1 } }],
    [9, { a: { $size: '1' } }],
    [2, { a: { $mod: [5] } }],
    [2, { a: { $mod: [0, 1] } }],
    [2, { a: { $type: 'none' } }],
    [2, { a: { $type: 99 } }],
    [9, { a: { $type: [] } }],
    [2, { a: { $not: 5 } }],
    [2, { a: { $not: {} } }],
    [2, { a: { $elemMatch: 5 } }],
    [2, { a: { $options: 'i' } }],
    [2, { a: { $bitsAllSet: -1 } }],
    [51091, { a: { $regex: '(' } }],
    [2, { a: { $regex: 'x', $options: 'x' } }],
    [2, { $and: [] }],
    [2, { $or: { a: 1 } }],
    [2, { $nor: [5] }],
    [2, { $foo: 1 }],
    [2, { a: { $foo: 1 } }],
    [2, { $where: 'true' }],
    [2, { $jsonSchema: {} }],
    [2, { a: { $near: [0, 0] } }],
    [2, { $text: { $search: 'x' } }],
  ])('code %i: %j', async (code, filter) => {
    for (const collection of [h.fresh(), h.db.collection('c1')])
      expect((await failure(collection.find(filter).toArray())).code).toBe(code)
  })
})
