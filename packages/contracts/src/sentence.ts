import { common } from '../messages/common.ts'
import { customers } from '../messages/customers.ts'
import { gateway } from '../messages/gateway.ts'
import { incentives } from '../messages/incentives.ts'
import { orders } from '../messages/orders.ts'
import { organization } from '../messages/organization.ts'
import { performance } from '../messages/performance.ts'
import { reporting } from '../messages/reporting.ts'
import { type Catalog, fill, type Language, parametersOf, type Text } from './catalog.ts'

export const catalogs: Readonly<Record<string, Catalog>> = {
  common,
  organization,
  customers,
  orders,
  performance,
  incentives,
  reporting,
  gateway,
}

const tableOf = (part: keyof Catalog): ReadonlyMap<string, Text> =>
  new Map(Object.values(catalogs).flatMap((catalog) => Object.entries(catalog[part])))

const [sentences, things, statuses] = [tableOf('sentences'), tableOf('things'), tableOf('statuses')]
const { sentences: generic, rules } = common

type Refusal = { readonly code: string; readonly params: Readonly<Record<string, string>> }
type Broken = { readonly rule: string; readonly message: string }

const textOf = (language: Language) => (text: Text) => (language === 'en' ? text.en : text.zh)

const patterned = ({ code, params }: Refusal, language: Language): string | undefined => {
  const text = textOf(language)
  const { missing } = /^(?<missing>.+)_not_found$/.exec(code)?.groups ?? {}
  const { what, status } = /^(?<what>.+?)_is_(?<status>.+)$/.exec(code)?.groups ?? {}
  const thing = things.get(missing ?? what ?? '')
  if (!thing) return undefined
  if (missing) return fill(text(generic.thing_not_found), { ...params, thing: text(thing) })
  const word = (name: string) => {
    const known = statuses.get(`${what}.${name}`) ?? statuses.get(name)
    return known ? text(known) : name
  }
  const words = { thing: text(thing), status: word(status ?? ''), to: word(params.to ?? '') }
  return fill(text(params.to ? generic.thing_cannot_become : generic.thing_is), words)
}

/** Whether a code has a sentence of its own, or the words of `<what>_not_found` and `<what>_is_<status>`. */
export const knowsCode = (code: string): boolean =>
  sentences.has(code) || patterned({ code, params: {} }, 'en') !== undefined

/** Figures that a caller may not read are left out of the parameters: then the sentence without them is said, where there is one. */
const withheld = ({ code, params }: Refusal, own: Text): Text =>
  parametersOf(own.en).every((name) => Object.hasOwn(params, name)) ? own : (sentences.get(`${code}_withheld`) ?? own)

/** A refusal for people. Total: a code that no catalog knows is named as it is. */
export const sentence = (error: Refusal, language: Language): string => {
  const own = sentences.get(error.code)
  if (own) return fill(textOf(language)(withheld(error, own)), error.params)
  return patterned(error, language) ?? fill(textOf(language)(generic.unknown_code), { code: error.code })
}

/**
 * A fault of a field for people. The numbers stand where the rule's own English message has them, `{value}` for the whole of it; an
 * unknown rule keeps that message.
 */
export const ruleSentence = ({ rule, message }: Broken, language: Language): string => {
  const known = new Map<string, Text>(Object.entries(rules)).get(rule)
  const numbers = message.match(/-?\d+(\.\d+)?/g) ?? []
  return known ? fill(textOf(language)(known), { ...Object.fromEntries(numbers.entries()), value: message }) : message
}

export type { Catalog, Language, Text } from './catalog.ts'
