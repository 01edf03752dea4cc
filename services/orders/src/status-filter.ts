/** The stored word of an enum's value, as a filter; unspecified asks for nothing. */
export const statusFilter = <S extends string>(
  words: Readonly<Record<S, number>>,
  wanted: number,
  field = 'status',
): Readonly<Record<string, S>> => {
  const word = (Object.keys(words) as S[]).find((one) => words[one] === wanted)
  return word === undefined ? {} : { [field]: word }
}
