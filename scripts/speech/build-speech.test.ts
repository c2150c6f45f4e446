import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClipSpeed, clipsFor } from '../../renderer/src/voice/clips/clips.ts';
import {
  isSpeechIndexFile,
  openSpeechIndex,
  type SpeechIndexFile,
} from '../../renderer/src/voice/clips/speech-index.ts';
import type { Language } from '../../terminal/api.ts';
import { buildSpeech } from './build-speech.ts';
import type { PlannedClip, SpeechPlan } from './plan.ts';
import { runProgram } from './programs.ts';
import { pronounced } from './pronounce.ts';
import { openRecordings, recordingName } from './recorded.ts';
import { parseWav, type Sound, wavOf } from './sound.ts';
import { VOICES, type Voice } from './voice.ts';

const SAMPLES: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '您要办什么事',
    '请把身份证平放在这里，听到滴声再拿开',
    '养老金到账了吗',
    '零',
    '六月',
    '十八日',
    '好',
    'U',
  ],
  en: ['What would you like to do', 'Please lay your ID card flat', 'Dongcun', 'seven'],
};
const SYLLABLES: readonly (readonly [string, string])[] = [
  ['zhang1', '张章'],
  ['lv4', '绿律'],
  ['de5', '的得'],
];
/** Letters, figures and characters a second. */
const SANE_PACE: Readonly<Record<Language, Readonly<Record<ClipSpeed, readonly [number, number]>>>> = {
  zh: { normal: [3.5, 5.2], slow: [2.3, 3.8] },
  en: { normal: [9, 17], slow: [6, 13] },
};

let folder: string;
let voice: Voice;
const built = new Map<Language, SpeechIndexFile>();

beforeAll(async () => {
  const found = VOICES['espeak-ng']?.();
  if (found === undefined) throw new Error('espeak-ng is missing: node scripts/setup.mjs --voice');
  voice = found;
  folder = mkdtempSync(join(tmpdir(), 'yizhan-speech-'));
  for (const language of ['zh', 'en'] as const) built.set(language, await build(language));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planned(key: string, language: Language): PlannedClip {
  return { key, recordingName: recordingName(key, language), utterances: pronounced(key, language) };
}

function planOf(language: Language): SpeechPlan {
  const syllables = language === 'zh' ? SYLLABLES : [];
  return {
    language,
    pieces: SAMPLES[language].map((key) => planned(key, language)),
    syllables: syllables.map(([key, characters]) => {
      return { key, characters, recordingName: key, utterances: [{ language: 'zh', text: key }] };
    }),
  };
}

async function build(language: Language, speaker = voice): Promise<SpeechIndexFile> {
  const { index, unheard } = await buildSpeech({
    plan: planOf(language),
    voice: speaker,
    recorded: openRecordings(join(folder, 'recorded', language)),
    cache: join(folder, 'cache'),
    out: join(folder, 'out', language),
    onProgress: () => {},
  });
  expect(unheard).toEqual([]);
  return index;
}

async function heard(file: string): Promise<Sound> {
  return parseWav(
    await runProgram('opusdec', ['--quiet', '--force-wav', join(folder, 'out', file), '-'], ''),
  );
}

const loudest = ({ samples }: Sound): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
/** Where in a sound something is first and last heard, in milliseconds from its ends. */
function silentEnds({ samples, rateHz }: Sound): readonly [beforeMs: number, behindMs: number] {
  const isHeard = (sample: number) => Math.abs(sample) > 0.02;
  const ms = (count: number) => (count * 1000) / rateHz;
  return [ms(samples.findIndex(isHeard)), ms(samples.length - 1 - samples.findLastIndex(isHeard))];
}

function indexOfBoth() {
  const [zh, en] = [built.get('zh'), built.get('en')];
  if (zh === undefined || en === undefined) throw new Error('nothing was built');
  return openSpeechIndex({ zh, en });
}

describe.each(['zh', 'en'] as const)('clips in %s', (language) => {
  it.each(['normal', 'slow'] as const)(
    'are to be heard, whole and not clipped, at %s speed',
    async (speed) => {
      for (const text of SAMPLES[language]) {
        const [clip, ...more] = clipsFor(text, language, speed, indexOfBoth());
        expect(more, text).toEqual([]);
        const sound = await heard(clip?.file ?? '');
        expect(loudest(sound), text).toBeGreaterThan(0.2);
        expect(loudest(sound), text).toBeLessThan(0.99);
        const [beforeMs, behindMs] = silentEnds(sound);
        expect(beforeMs, text).toBeLessThan(120);
        expect(behindMs, text).toBeLessThan(120);
        expect((sound.samples.length * 1000) / sound.rateHz, text).toBeCloseTo(clip?.durationMs ?? 0, -1);
      }
    },
  );

  it.each(['normal', 'slow'] as const)('keep a sane pace at %s speed', (speed) => {
    const [least, most] = SANE_PACE[language][speed];
    const texts = SAMPLES[language].filter((text) => text.length >= 5);
    const characters = texts.join('').replaceAll(/[^\p{L}\p{N}]/gu, '').length;
    const ms = texts.reduce(
      (sum, text) => sum + (clipsFor(text, language, speed, indexOfBoth())[0]?.durationMs ?? 0),
      0,
    );
    const pace = (characters * 1000) / ms;
    expect(pace).toBeGreaterThan(least);
    expect(pace).toBeLessThan(most);
  });
});

describe('a build', () => {
  it('writes an index that a screen reads, with the silence between', async () => {
    const written: unknown = JSON.parse(readFileSync(join(folder, 'out', 'zh', 'index.json'), 'utf8'));
    expect(isSpeechIndexFile(written)).toBe(true);
    const clips = clipsFor('张律，好。绿', 'zh', 'slow', indexOfBoth());
    expect(clips.map(({ text }) => text)).toEqual(['张', '律', '', '好', '', '绿']);
    expect(clips[1]?.file).toBe(clips[5]?.file);
    expect(loudest(await heard(clips[2]?.file ?? ''))).toBeLessThan(0.001);
    for (const { file } of clips) expect(statSync(join(folder, 'out', file)).size).toBeGreaterThan(100);
  });

  it('makes again only what changed', async () => {
    const timesOf = () =>
      new Map(
        readdirSync(join(folder, 'cache', 'normal')).map((name) => {
          return [name, statSync(join(folder, 'cache', 'normal', name)).mtimeMs] as const;
        }),
      );
    const before = timesOf();
    const same = await build('zh');
    expect(same).toEqual(built.get('zh'));
    expect(timesOf()).toEqual(before);
    const other = await build('zh', { ...voice, id: 'another' });
    expect(other.clips.零?.[0]).not.toBe(same.clips.零?.[0]);
    await build('zh');
  });

  it('takes what a person spoke, by name or by table, and the voice for the rest', async () => {
    const recorded = join(folder, 'recorded', 'zh');
    mkdirSync(recorded, { recursive: true });
    const tone = (seconds: number): Uint8Array => {
      const samples = Float32Array.from({ length: 16_000 * seconds }, (_, at) => Math.sin(at / 5) / 4);
      return wavOf({ rateHz: 16_000, samples });
    };
    writeFileSync(join(recorded, `${recordingName('养老金到账了吗', 'zh')}.wav`), tone(3));
    writeFileSync(join(recorded, 'welcome.wav'), tone(1));
    writeFileSync(join(recorded, 'welcome-slow.wav'), tone(2));
    writeFileSync(join(recorded, 'zhang1.wav'), tone(1));
    writeFileSync(join(recorded, 'clips.tsv'), '您要办什么事\twelcome.wav\twelcome-slow.wav\n');
    const index = await build('zh');
    const durations = (text: string) =>
      index.clips[text]?.slice(1).map((ms) => Math.round(Number(ms) / 100) / 10);
    expect(durations('养老金到账了吗')).toEqual([3, 3]);
    expect(durations('您要办什么事')).toEqual([1, 2]);
    expect(index.syllables.zhang1?.slice(2).map((ms) => Math.round(Number(ms) / 100))).toEqual([10, 10]);
    expect(index.clips.零).toEqual(built.get('zh')?.clips.零);
    writeFileSync(join(recorded, 'clips.tsv'), '您要办什么事 welcome.wav\n');
    await expect(build('zh')).rejects.toThrow('a tab and a file');
  });
});
