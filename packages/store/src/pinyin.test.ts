import { expect, test } from 'vitest'
import { initials } from './pinyin.ts'

// The first and the last syllables of each letter, and names of companies.
test.each([
  ['阿傲', 'aa'],
  ['八不', 'bb'],
  ['擦错', 'cc'],
  ['大多', 'dd'],
  ['额二', 'ee'],
  ['发副', 'ff'],
  ['嘎过', 'gg'],
  ['哈或', 'hh'],
  ['机军', 'jj'],
  ['卡阔', 'kk'],
  ['拉落', 'll'],
  ['妈木', 'mm'],
  ['那诺', 'nn'],
  ['哦欧', 'oo'],
  ['怕普', 'pp'],
  ['七群', 'qq'],
  ['然瑞', 'rr'],
  ['撒所', 'ss'],
  ['他脱', 'tt'],
  ['挖物', 'ww'],
  ['西迅', 'xx'],
  ['呀云', 'yy'],
  ['杂做', 'zz'],
  ['上海金桥集团', 'shjqjt'],
  ['瑞幸咖啡', 'rxkf'],
  ['银行', 'yh'],
  ['重庆', 'cq'],
  ['长城', 'cc'],
  ['长安汽车', 'caqc'],
  ['厦门大厦', 'xmds'],
])('%s → %s', (chinese, expected) => {
  expect(initials(chinese)[0]).toBe(expected)
})

test('a surname may be read in its own way, and in the common one', () => {
  expect(initials('曾国藩')).toEqual(['cgf', 'zgf'])
  expect(initials('王小明')).toEqual(['wxm'])
})
