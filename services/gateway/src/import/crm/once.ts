/** Makes each thing once, by the first word it is called with, also when several ask at the same time. What failed may be asked again. */
export const once = <T, A extends readonly string[]>(make: (name: string, ...rest: A) => Promise<T>) => {
  const made = new Map<string, Promise<T>>()
  return (name: string, ...rest: A): Promise<T> => {
    const known = made.get(name)
    if (known) return known
    const making = make(name, ...rest)
    made.set(name, making)
    making.catch(() => made.delete(name))
    return making
  }
}
