/** The word of a record for a number of the contract; undefined for the zero value, which says nothing. */
export const wordOf = <W extends string>(
  table: Readonly<Record<W, number>>,
  value: number | undefined,
): W | undefined => (Object.keys(table) as W[]).find((word) => table[word] === value)
