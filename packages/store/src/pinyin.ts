/** The first character of each initial in the pinyin order of Unicode's locale data; no word begins with i, u or v. */
const FIRSTS = [
  ...'阿a八b嚓c哒d妸e发f旮g哈h讥j咔k垃l妈m拏n噢o妑p七q呥r仨s他t穵w夕x丫y帀z'.matchAll(
    /(?<first>\p{Script=Han})(?<letter>\w)/gu,
  ),
].map(({ groups: { first = '', letter = '' } = {} }) => ({ first, letter }))

const order = new Intl.Collator('zh-u-co-pinyin')

/** 上海金桥 → shjq. A character of several readings counts by its commonest: nobody is hidden, some are found late. */
export const initials = (chinese: string): string =>
  Array.from(
    chinese,
    (character) => FIRSTS.findLast(({ first }) => order.compare(first, character) <= 0)?.letter ?? '',
  ).join('')
