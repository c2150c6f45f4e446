/** Words of reading aloud, in both languages. */

export const zhAloud = {
  listen: '念给我听',
  again: '再念一遍',
  slower: '慢一点',
  faster: '快一点',
  stop: '停',
  controls: '正在念',
  keys: '下面的键',
  choice: '第 {{n}} 个，{{text}}',
  chosen: '{{text}}，已选',
  off: '{{text}}，现在按不了',
  cannot: '这页暂时不能念',
  cannotSome: '有几句没念出来，请看屏幕',
  ask: '要用外放念吗？旁边的人能听到',
  askQuiet: '夜里了，要小声念吗？',
  yes: '念',
  no: '不念',
} as const;

export const enAloud = {
  listen: 'Read to me',
  again: 'Once more',
  slower: 'Slower',
  faster: 'Faster',
  stop: 'Stop',
  controls: 'Reading aloud',
  keys: 'Keys below',
  choice: 'Number {{n}}, {{text}}',
  chosen: '{{text}}, chosen',
  off: '{{text}}, not possible now',
  cannot: 'This page cannot be read aloud now',
  cannotSome: 'Some words could not be said, please look',
  ask: 'Read it over the loudspeaker? People nearby can hear',
  askQuiet: 'It is night. Read it softly?',
  yes: 'Read it',
  no: 'Do not',
};
