import { invalid } from '@saleswright/kernel'

/** A setting that a service obeys: its name within the service, its type, and the value of companies that never set it. */
export type PolicyDefinition<V extends string | number = string | number> = {
  readonly name: string
  readonly fallback: V
  readonly choices: readonly string[]
  readonly bounds?: { readonly minimum: number; readonly maximum: number }
  /** The typed value of a text; `policy_value_invalid` where it has none. */
  readonly read: (text: string) => V
}

const refused = (name: string, value: string, possible: string) =>
  invalid('policy_value_invalid', { name, value, possible }, [
    { field: 'value', rule: 'policy_value_invalid', message: `must be ${possible}` },
  ])

/** One of several words. */
export const choice = <const C extends string>(
  name: string,
  choices: readonly [C, ...C[]],
  fallback: NoInfer<C>,
): PolicyDefinition<C> => ({
  name,
  choices,
  fallback,
  read: (text) => {
    const known = choices.find((one) => one === text)
    if (known === undefined) throw refused(name, text, choices.join(' | '))
    return known
  },
})

/** A whole number within bounds: days, counts. */
export const wholeNumber = (
  name: string,
  bounds: { readonly minimum: number; readonly maximum: number },
  fallback: number,
): PolicyDefinition<number> => ({
  name,
  choices: [],
  bounds,
  fallback,
  read: (text) => {
    const value = Number(text)
    const { minimum, maximum } = bounds
    if (!/^-?\d{1,9}$/.test(text) || value < minimum || value > maximum) {
      throw refused(name, text, `${minimum} … ${maximum}`)
    }
    return value
  },
})
