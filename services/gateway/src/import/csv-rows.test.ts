import { Readable } from 'node:stream'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'

const rowsOf = async (text: string | Buffer, columns: readonly string[] = [], chunk = text.length) => {
  const bytes = Buffer.from(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  )
  const rows = []
  for await (const row of csvRows(Readable.from(chunks), columns)) rows.push(row)
  return rows
}

test.each(['\r\n', '\n', '\r'])(
  'rows are told by their line and by the names of the header: lines end in %j',
  async (end) => {
    const text = ['\uFEFFname,value', '"one, two",1', '', 'three,3'].join(end)
    const rows = [
      { line: 2, cells: { name: 'one, two', value: '1' } },
      { line: 4, cells: { name: 'three', value: '3' } },
    ]
    expect(await rowsOf(text)).toEqual(rows)
    expect(await rowsOf(text, [], 1)).toEqual(rows)
    expect(await rowsOf(text + end)).toEqual(rows)
    expect(await rowsOf(Buffer.from(text, 'utf16le'))).toEqual(rows)
  },
)

test('a quoted value may have quotes, commas and lines, and a row is told by its first', async () => {
  const [row, next] = await rowsOf('a,b\n"x ""y"", \nz",2\n4" pipe,5\n')
  expect(row).toEqual({ line: 2, cells: { a: 'x "y", \nz', b: '2' } })
  expect(next).toEqual({ line: 4, cells: { a: '4" pipe', b: '5' } })
})

describe('a line that is no row is told, and the next one is read as it stands', () => {
  test.each([
    ['cut off', '1,2', 'c', 'import_row_cut_off'],
    ['with a column too many', '1,2,3,4', '', 'import_row_cut_off'],
    ['with a quote that is not closed', '"1,2,3', '', 'import_quote_open'],
    ['cut off behind a quote', '1,"2', '', 'import_quote_open'],
    ['that is too long', `1,${'x'.repeat(70_000)},3`, '', 'import_line_too_long'],
    ['with NUL', '1,a\0b,3', 'b', 'import_text_unreadable'],
  ])('%s', async (_, line, column, code) => {
    const rows = await rowsOf(`a,b,c\n${line}\n4,5,6\n${'7,8,9\n'.repeat(200)}`, [], 10_000)
    expect(rows[0]).toMatchObject({ line: 2, fault: { column, code } })
    expect(rows[1]).toEqual({ line: 3, cells: { a: '4', b: '5', c: '6' } })
    expect(rows).toHaveLength(202)
  })

  test('also where a later quote would close the one that was left open', async () => {
    const rows = await rowsOf('a,b\n1,"2\n"3",4\n5,"6"\n')
    expect(rows).toMatchObject([
      { line: 2, fault: { code: 'import_quote_open' } },
      { line: 3, cells: { a: '3', b: '4' } },
      { line: 4, cells: { a: '5', b: '6' } },
    ])
  })

  test('also where all that it swallows would be one value', async () => {
    const rows = await rowsOf('a,b\n"1,2\n3,4\n"5,6\n7,8\n', ['a', 'b'])
    expect(rows).toMatchObject([
      { line: 2, fault: {} },
      { cells: { a: '3' } },
      { line: 4, fault: {} },
      { cells: { a: '7' } },
    ])
  })

  property.prop([fc.array(fc.constantFrom('"', ',', '\n', 'a', ' ', '\r'), { maxLength: 60 })])(
    'whatever its quotes are',
    async (letters) => {
      const text = letters.join('')
      const rows = await rowsOf(`a,b\n${text}\n\n9,9\n`)
      expect(rows.filter(({ cells }) => cells.a === '9' && cells.b === '9')).toHaveLength(1)
    },
  )

  test('in another encoding', async () => {
    const gbk = Buffer.from([0xbb, 0xaa, 0xb6, 0xab])
    const [garbled, next] = await rowsOf(Buffer.concat([Buffer.from('a,b\n1,'), gbk, Buffer.from('\n2,华东\n')]))
    expect(garbled).toMatchObject({ line: 2, fault: { column: 'b', code: 'import_text_unreadable' } })
    expect(next).toEqual({ line: 3, cells: { a: '2', b: '华东' } })
  })
})

test('quotes that each open another do not make the reading long', async () => {
  const rows = await rowsOf(`a,b\n${'b"c,"d\n'.repeat(20_000)}`)
  expect(rows).toHaveLength(20_000)
})

describe('a header', () => {
  test.each([
    ['without a column', 'a,c\n1,2\n', 'b'],
    ['with another separator', 'a;b\n1;2\n', 'a', 'b'],
    ['with a column twice', 'a,b,a\n1,2,3\n', 'a'],
    ['that is not there', '', 'a', 'b'],
    ['that is no text', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]), 'a', 'b'],
    ['with an open quote', '"a,b\n1,2\n', ''],
  ])('%s lets nothing be read, and all of it is told', async (_, text, column, ...more) => {
    await expect(rowsOf(text, ['a', 'b'])).rejects.toMatchObject({
      faults: [{ column }, ...more.map((name) => ({ column: name }))],
    })
  })

  test('may have more columns, and in any order', async () => {
    expect(await rowsOf('b,__proto__,a,x,x\n1,2,3,4,5\n', ['a', 'b'])).toMatchObject([{ cells: { a: '3', b: '1' } }])
  })
})
