/** Words of pages that list matters and guides. */

export const zhFind = {
  open: '找要办的事',
  title: '要办什么？',
  hint: '打字或拼音，比如“看病报销”',
  none: '没找到，换个说法试试，或请代办员帮忙',
  guide: '办事指南',
} as const;

export const zhNoCard = {
  title: '没带身份证，也能办这些',
  emergency: '紧急电话',
  lostCard: '身份证丢了怎么办',
  rest: '别的事，带上身份证再来就能办。',
} as const;

export const zhGuides = {
  title: '办事指南',
  none: '现在没有指南，请找代办员。',
  everybody: '大家都用得着',
  byCategory: '按类别看',
} as const;

export const enFind = {
  open: 'Find a matter',
  title: 'What do you need?',
  hint: 'Type a word, such as “medical claim”',
  none: 'Nothing found. Try another word, or ask the village agent',
  guide: 'Guide',
} as const;

export const enNoCard = {
  title: 'What you can do without a card',
  emergency: 'Emergency numbers',
  lostCard: 'I lost my ID card',
  rest: 'For anything else, come back with your ID card.',
} as const;

export const enGuides = {
  title: 'How-to guides',
  none: 'No guides now. Please find the agent.',
  everybody: 'For everybody',
  byCategory: 'By category',
} as const;
