/** Words of the page that sets the screen for one visit, in both languages. */
export const zhSettings = {
  open: '大字',
  title: '看得清，够得着',
  why: '点一下就变，离开后自动还原',
  done: '好了，接着办',
  on: '已开',
  off: '没开',
  large: { name: '字大一点', how: '页会多几页' },
  double: { name: '字大一倍', how: '一页要分几次看' },
  voice: { name: '念给我听', how: '每页都念出来' },
  slow: { name: '念慢一点', how: '一句一句慢慢念' },
  contrast: { name: '黑底白字', how: '怕反光、看不清的用' },
  low: { name: '往下挪', how: '坐着也够得着' },
  steady: { name: '手抖也能点', how: '点偏一点也算，连点只算一下' },
} as const;

export const enSettings = {
  open: 'Text size',
  title: 'Easier to see and reach',
  why: 'One tap changes it. It all goes back when you leave',
  done: 'Done, go on',
  on: 'On',
  off: 'Off',
  large: { name: 'Larger words', how: 'With a few more pages' },
  double: { name: 'Words twice as large', how: 'A page is read in several parts' },
  voice: { name: 'Read to me', how: 'Every page is read aloud' },
  slow: { name: 'Read slowly', how: 'One phrase after another' },
  contrast: { name: 'White on black', how: 'For eyes that glare troubles' },
  low: { name: 'Move it down', how: 'Within reach from a chair' },
  steady: { name: 'Unsteady hand', how: 'A tap beside a key counts, double taps count once' },
} as const;
