/**
 * Writes the table of the on-screen keyboard: which characters and words a pinyin stands for, the commonest
 * first. Readings are pinyin-pro's, how common a word is comes from jieba's dictionary (both MIT).
 * Run it by hand, after `npm install --no-save @node-rs/jieba`: `node scripts/pinyin-table.ts`. The table is kept
 * in the repository, and the dictionary is needed for nothing else.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pinyin, polyphonic } from 'pinyin-pro';

const WORDS_KEPT = 8_000;
const LONGEST_WORD = 4;
/** A further reading of a character is so much rarer than the one before. */
const FURTHER_READING = 0.25;
/** Characters of people's names that GB 2312 lacks. */
const NAME_CHARACTERS =
  '喆堃珺玥堉婳祎翊垚燚昇珏瑄钰霈淏煜晞芃烜劼旻暐玹琬璟睿筠赟甯祺菡茗莜萱蔚诺谌铱锟闫闵韬颢飏';
/** Words of the villages that a dictionary of newspapers counts too low. */
const LOCAL_WORDS = [
  '董村',
  '新昌',
  '沙溪',
  '村口',
  '路灯',
  '水管',
  '漏水',
  '停水',
  '停电',
  '垃圾',
  '垃圾桶',
  '水沟',
  '电线',
  '电线杆',
  '门口',
  '隔壁',
  '后山',
  '山脚',
  '溪边',
  '桥头',
  '晒场',
  '祠堂',
  '文化礼堂',
  '老屋',
  '台门',
  '弄堂',
  '茶山',
  '竹山',
  '塌方',
  '滑坡',
  '积水',
  '堵住',
  '路面',
  '井盖',
  '化粪池',
  '公厕',
  '流浪狗',
  '住院',
  '看病',
  '医药费',
  '低保',
  '养老金',
];

const read = createRequire(import.meta.url);
const dictionary = readFileSync(join(dirname(read.resolve('@node-rs/jieba')), 'dict.txt'), 'utf8');
const counts = new Map<string, number>();
for (const line of dictionary.split('\n')) {
  const [word, count] = line.split(' ');
  if (word) counts.set(word, Number(count));
}

const known = new Set([...gb2312Characters(), ...NAME_CHARACTERS]);
const characterCounts = new Map<string, number>();
for (const [word, count] of counts) {
  for (const character of word) characterCounts.set(character, (characterCounts.get(character) ?? 0) + count);
}

writeFileSync(
  new URL('../renderer/src/keyboard/pinyin-table.json', import.meta.url),
  `${JSON.stringify({ characters: characterTable(), words: wordTable() }, null, 0)}\n`,
);

/** Every Chinese character of GB 2312. */
function gb2312Characters(): string[] {
  const decoder = new TextDecoder('gbk');
  const found: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) found.push(character);
    }
  }
  return found;
}

/** Syllable to its characters. */
function characterTable(): Record<string, string> {
  const weighed = new Map<string, Map<string, number>>();
  for (const character of known) {
    const [readings = ''] = polyphonic(character, { toneType: 'none', v: true });
    [...new Set(readings.split(' '))].forEach((syllable, index) => {
      if (!/^[a-z]+$/.test(syllable)) return;
      const weight = (characterCounts.get(character) ?? 0) * FURTHER_READING ** index;
      const characters = weighed.get(syllable) ?? new Map<string, number>();
      characters.set(character, weight);
      weighed.set(syllable, characters);
    });
  }
  return Object.fromEntries(
    [...weighed]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([syllable, characters]) => [syllable, byWeight(characters).join('')]),
  );
}

/** Letters to the words written so. */
function wordTable(): Record<string, string> {
  const local = new Map(LOCAL_WORDS.map((word, index) => [word, 1e9 - index]));
  const common = byWeight(counts)
    .filter((word) => [...word].length >= 2 && [...word].length <= LONGEST_WORD && isKnown(word))
    .slice(0, WORDS_KEPT);
  const weights = new Map(common.map((word) => [word, counts.get(word) ?? 0]));
  for (const [word, weight] of local) weights.set(word, weight);
  const table = new Map<string, string[]>();
  for (const word of byWeight(weights)) {
    const letters = pinyin(word, { toneType: 'none', v: true, type: 'array' }).join('');
    if (!/^[a-z]+$/.test(letters)) continue;
    table.set(letters, [...(table.get(letters) ?? []), word]);
  }
  return Object.fromEntries(
    [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([letters, words]) => [letters, words.join(' ')]),
  );
}

function isKnown(word: string): boolean {
  return [...word].every((character) => known.has(character));
}

function byWeight(weights: ReadonlyMap<string, number>): string[] {
  return [...weights].sort(([, a], [, b]) => b - a).map(([word]) => word);
}
