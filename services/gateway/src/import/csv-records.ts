import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'

/** A record as it stands in the file, from its first line, the header being on line 1; `fault` where that line begins no record, as a code. */
export type CsvRecord = { readonly line: number; readonly text: string; readonly fault?: string }

type Line = Pick<CsvRecord, 'line' | 'text'>

const LONGEST = 65_536
/** What goes on for longer behind a quote is no text: the quote is one too many. */
const MOST_LINES = 30

/**
 * The records of a CSV file, whatever ends its lines. A line whose quote is never closed is told, and the next one read as it
 * stands; and so it is where the quote of a later line closes it and what comes out does not fit.
 */
export async function* csvRecords(file: Readable, fits: (text: string) => boolean): AsyncGenerator<CsvRecord> {
  const lines = linesOf(file)
  const again: Line[] = []
  const next = async (): Promise<Line | undefined> => again.shift() ?? (await lines.next()).value
  for (let first = await next(); first; first = await next()) {
    const taken = [first]
    let size = first.text.length
    let open = endsOpen(first.text, false)
    while (open && size <= LONGEST && taken.length < MOST_LINES) {
      const more = await next()
      if (!more) break
      taken.push(more)
      size += more.text.length
      open = endsOpen(more.text, open)
    }
    const text = taken.map((line) => line.text).join('\n')
    if (!open && size <= LONGEST && (taken.length === 1 || fits(text))) yield { line: first.line, text }
    else {
      yield {
        ...first,
        fault: first.text.length > LONGEST ? 'import_line_too_long' : 'import_quote_open',
      }
      again.unshift(...taken.slice(1))
    }
  }
}

/** Of a line without end only as much is kept as shows that it has none. */
async function* linesOf(file: Readable): AsyncGenerator<Line, undefined> {
  let decoder: TextDecoder | undefined
  let line = 0
  let rest = ''
  for await (const bytes of file as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8')
    rest += decoder.decode(bytes, { stream: true })
    // A return at the end may be half of what ends a line.
    const whole = rest.split(/\r\n|\n|\r(?!$)/)
    rest = whole.pop()?.slice(0, LONGEST + 1) ?? ''
    for (const text of whole) yield { line: ++line, text }
  }
  rest += decoder?.decode() ?? ''
  for (const text of rest.split(/\r\n|\n|\r/)) yield { line: ++line, text }
  return undefined
}

/** Whether a quote is open at the end of a line. It opens at the beginning of a field only; two in an open one mean one. */
const endsOpen = (text: string, open: boolean): boolean => {
  if (!text.includes('"')) return open
  let quoted = open
  let atStart = !open
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index]
    if (!quoted) {
      quoted = letter === '"' && atStart
      atStart = letter === ','
    } else if (letter === '"') {
      if (text[index + 1] === '"') index += 1
      else quoted = false
    }
  }
  return quoted
}
