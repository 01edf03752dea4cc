/** A file's rows as the platform counts them; 64-bit numbers come as strings. */
export type Count = Readonly<
  Record<'read' | 'created' | 'unchanged' | 'conflicting' | 'rejected' | 'mapped' | 'total', string>
> & { readonly file: string }

const BAR = 30

const sumOf = (counts: readonly Count[], name: 'read' | 'total'): number =>
  counts.reduce((sum, count) => sum + Number(count[name]), 0)

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** `██████░░░░ 3,210 of 8,927 rows, 62 rows/s, 1:32 left` */
export const progressLine = (counts: readonly Count[], elapsedSeconds: number): string => {
  const [read, total] = [sumOf(counts, 'read'), sumOf(counts, 'total')]
  const share = total === 0 ? 0 : read / total
  const rate = elapsedSeconds > 0 ? read / elapsedSeconds : 0
  const left = rate > 0 ? clock((total - read) / rate) : '–:––'
  const filled = Math.round(share * BAR)
  const rows = `${read.toLocaleString('en')} of ${total.toLocaleString('en')} rows`
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${rows}, ${Math.round(rate)} rows/s, ${left} left`
}

const COLUMNS = ['read', 'created', 'unchanged', 'conflicting', 'rejected', 'mapped'] as const

/** Every row of every file, by how it ended. */
export const reconciliation = (counts: readonly Count[]): string => {
  const all = Object.fromEntries(
    COLUMNS.map((name) => [name, String(counts.reduce((sum, count) => sum + Number(count[name]), 0))]),
  )
  const rows = [...counts, { file: 'together', ...all } as Count]
  const width = Math.max(...rows.map(({ file }) => file.length))
  const line = (file: string, cells: readonly string[]) =>
    `${file.padEnd(width)}${cells.map((cell) => cell.padStart(13)).join('')}`
  return [
    line('', COLUMNS),
    ...rows.map((row) =>
      line(
        row.file,
        COLUMNS.map((name) => row[name]),
      ),
    ),
  ].join('\n')
}
