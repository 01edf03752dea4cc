export type Language = 'zh-CN' | 'en'

/** The same words in both languages; `{name}` stands for a parameter, and both have the same. */
export type Text = { readonly zh: string; readonly en: string }

/** What one context tells people. */
export type Catalog = {
  /** Sentences by code: `price_approval_pending`. */
  readonly sentences: Readonly<Record<string, Text>>
  /** What `<what>_not_found` and `<what>_is_<status>` speak of: `order` → 订单, order. */
  readonly things: Readonly<Record<string, Text>>
  /** Statuses by their name, or by `<what>.<status>` where a word is special to one thing. */
  readonly statuses: Readonly<Record<string, Text>>
}

export const parametersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** A parameter that is not there becomes an ellipsis: a sentence with a gap says more than none. */
export const fill = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '…')
