import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'

const rowsOf = async (text: string) => {
  const rows = []
  for await (const row of csvRows(Readable.from([Buffer.from(text)]))) rows.push(row)
  return rows
}

test('rows are told by their line and by the names of the header, whatever ends the lines', async () => {
  const text = '\uFEFFname,value\r\n"one, two",1\r\n\r\nthree,3'
  expect(await rowsOf(text)).toEqual([
    { line: 2, cells: { name: 'one, two', value: '1' } },
    { line: 4, cells: { name: 'three', value: '3' } },
  ])
})

test('a line that is cut off is told with the first column it lacks, and the next one is read as it stands', async () => {
  const [cut, next] = await rowsOf('a,b,c\n1,2\n4,5,6\n')
  expect(cut).toMatchObject({ line: 2, fault: { column: 'c', message: '2 columns where the header has 3' } })
  expect(next).toEqual({ line: 3, cells: { a: '4', b: '5', c: '6' } })
})

test('a line with a column too many is no row either', async () => {
  const [long] = await rowsOf('a,b\n1,2,3\n')
  expect(long?.fault?.message).toBe('3 columns where the header has 2')
})
