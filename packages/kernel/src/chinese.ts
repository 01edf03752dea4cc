import { configs } from 'opencc-js/preset/t2cn'

/** OpenCC's dictionary of single characters: `丟 丢|並 并|…`. That of phrases would only help a translation. */
const CHARACTERS = configs.t2s?.conversionChain[0]?.at(-1)
if (typeof CHARACTERS !== 'string') throw new Error('opencc-js has another form of its dictionary of characters')

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  CHARACTERS.split('|').map((pair) => {
    const [traditional = '', simplified = ''] = pair.split(' ')
    return [traditional, simplified]
  }),
)

/**
 * A text with each traditional character as its simplified one, to compare by: 華為 and 华为 are one. Several traditional characters may
 * share a simplified one, so it is no translation.
 */
export const simplified = (text: string): string =>
  text.replaceAll(/\p{Script=Han}/gu, (character) => SIMPLIFIED.get(character) ?? character)
