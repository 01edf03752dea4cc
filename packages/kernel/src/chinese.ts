/// <reference path="./opencc.d.ts" />
import pairs from 'opencc-js/dict/TSCharacters'

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  pairs.split('|').map((pair) => {
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
