import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Page, type VoiceReport } from '../../../terminal/api.ts';
import { findView } from '../gallery/views.ts';
import { zhAloud } from '../words/aloud-words.ts';
import type { Piece } from './page-reader.ts';
import { openWords } from './phrases.ts';
import { clipOfEach, createHandPlayer } from './testing/hand-player.ts';
import { createVoiceControl, type Shown } from './voice-control.ts';

const words = (text: string, hearing: Piece['hearing'] = 'page'): Piece => ({
  ...openWords(text, 'zh'),
  hearing,
});

function pageOf(name: string): Page {
  const view = findView(name, 'zh');
  if (view === null || view === undefined) throw new Error(`no view ${name}`);
  return view.page;
}

const PLAIN: Shown['view'] = {
  page: pageOf('attract'),
  language: 'zh',
  settings: DEFAULT_SETTINGS,
  sound: { jack: null, quiet: false },
};
const OPEN = pageOf('guides');
const CHECK = pageOf('check');

function setUp() {
  const hand = createHandPlayer();
  const softness: boolean[] = [];
  const reports: VoiceReport[] = [];
  let forgotten = 0;
  let standing: readonly Piece[] = [words('甲。乙。')];
  const control = createVoiceControl({
    player: {
      ...hand,
      setSoft: (soft) => softness.push(soft),
      forget: () => {
        forgotten += 1;
      },
    },
    clipsOf: ({ text }) => (text.includes('〇') ? [] : clipOfEach(text.replaceAll('。', ''))),
    isWhole: ({ text }) => !text.includes('龘'),
    read: () => standing,
    onLost: (report) => reports.push(report),
    onChange: () => undefined,
  });
  let view = PLAIN;
  let page = 'attract';
  const show = (change: Partial<Shown['view']>, name = page, isSheet = false) => {
    view = { ...view, ...change };
    page = name;
    control.shows({ view, page, isSheet });
  };
  const playOut = () => {
    while (hand.sounding() !== null) hand.endClip();
  };
  const takeHeard = () => {
    playOut();
    return hand.heard
      .splice(0)
      .map(({ text, whole }) => (whole ? text : `${text}✂`))
      .join('');
  };
  control.setVoice(true);
  show({});
  return {
    ...{ control, hand, show, takeHeard, softness, reports },
    forgotten: () => forgotten,
    stands: (...pieces: Piece[]) => {
      standing = pieces;
    },
  };
}

const SPOKEN = { settings: { ...DEFAULT_SETTINGS, voice: 'on' } } as const;
const plugged = { sound: { jack: 'plugged', quiet: false } } as const;
const empty = { sound: { jack: 'empty', quiet: false } } as const;
const night = { sound: { jack: null, quiet: true } } as const;
const ASKED = [zhAloud.ask, zhAloud.yes, zhAloud.no].join('');

test('a page is read when somebody asks for it, and not otherwise', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: OPEN }, 'guides');
  expect(takeHeard()).toBe('');
  control.listen();
  expect(control.state()).toMatchObject({ at: 'speaking', saying: { text: '甲。' } });
  expect(takeHeard()).toBe('甲乙');
  expect(control.state().at).toBe('silent');
  control.again();
  expect(takeHeard()).toBe('甲乙');
  show({ page: OPEN }, 'guides/other');
  expect(takeHeard()).toBe('');
});

test('where every page is to be heard each reads itself, once', () => {
  const { show, takeHeard } = setUp();
  show(SPOKEN);
  expect(takeHeard()).toBe('甲乙');
  show({});
  expect(takeHeard()).toBe('');
  show({ page: OPEN }, 'guides');
  expect(takeHeard()).toBe('甲乙');
  show({ settings: DEFAULT_SETTINGS });
  expect(takeHeard()).toBe('');
});

test('over the loudspeaker a private page asks first, once a visit and family', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: CHECK }, 'check');
  control.listen();
  expect(control.state()).toMatchObject({ at: 'asking', question: 'private' });
  expect(takeHeard()).toBe('');
  control.answer(false);
  expect(control.state().at).toBe('silent');
  control.listen();
  control.answer(true);
  expect(takeHeard()).toBe('甲乙');
  show({ page: CHECK }, 'check/two');
  control.listen();
  expect(takeHeard()).toBe('甲乙');
  show({ page: pageOf('my-cases') }, 'my-cases');
  control.listen();
  expect(control.state().at).toBe('asking');
  // The next person is asked anew.
  show({ page: pageOf('goodbye') }, 'goodbye');
  show({ page: CHECK }, 'check');
  control.listen();
  expect(control.state().at).toBe('asking');
});

test('where every page is to be heard the question is said too; a no holds for the visit', () => {
  const { control, show, takeHeard } = setUp();
  show({ ...SPOKEN, page: CHECK }, 'check');
  expect(takeHeard()).toBe(ASKED);
  control.answer(false);
  show({ page: OPEN }, 'guides');
  expect(takeHeard()).toBe('甲乙');
  show({ page: CHECK }, 'check');
  expect(takeHeard()).toBe('');
  expect(control.state().at).toBe('silent');
});

test('through a headphone everything is read, and nothing asks', () => {
  const { control, show, takeHeard, stands } = setUp();
  stands(words('甲'), words('乙', 'private'));
  show({ ...plugged, page: CHECK }, 'check');
  expect(control.state().question).toBeNull();
  expect(takeHeard()).toBe('甲乙');
});

test('a headphone plugged in begins to read, and answers what was asked', () => {
  const { control, show, takeHeard } = setUp();
  show({ ...SPOKEN, ...empty, page: CHECK }, 'check');
  expect(control.state().at).toBe('asking');
  show(plugged);
  expect(control.state().at).toBe('speaking');
  expect(takeHeard()).toContain('甲乙');
});

test('a headphone taken out: silence at once, in the middle of a word, and no further page', () => {
  const { control, hand, show, takeHeard } = setUp();
  show({ ...plugged, page: OPEN }, 'guides');
  hand.endClip();
  show(empty);
  expect(hand.sounding()).toBeNull();
  expect(takeHeard()).toBe('甲乙✂');
  show({ page: CHECK }, 'check');
  expect(control.state().at).toBe('silent');
  expect(takeHeard()).toBe('');
});

test('a headphone taken out as the page turns says nothing of either page', () => {
  const { hand, show, takeHeard } = setUp();
  show({ ...plugged, ...SPOKEN, page: CHECK }, 'check');
  show({ ...empty, page: OPEN }, 'guides');
  expect(hand.sounding()).toBeNull();
  expect(takeHeard()).toBe('甲✂');
});

test('nothing of a private page is said after it was left', () => {
  const { hand, show, takeHeard } = setUp();
  show({ ...plugged, page: CHECK }, 'check');
  hand.endClip();
  show({ page: OPEN }, 'guides');
  expect(takeHeard()).toBe('甲乙✂甲乙');
});

test('private parts of an open page are left out over the loudspeaker', () => {
  const { control, show, takeHeard, stands } = setUp();
  stands(words('甲'), words('乙', 'private'), words('丙'));
  show({ page: OPEN }, 'guides');
  control.listen();
  expect(takeHeard()).toBe('甲丙');
  show(plugged);
  expect(takeHeard()).toBe('甲乙丙');
});

test('what appears is said where somebody listens, and only what they may hear', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: OPEN }, 'guides');
  control.appeared([words('错')]);
  expect(takeHeard()).toBe('');
  control.listen();
  control.appeared([words('错'), words('密', 'private')]);
  expect(takeHeard()).toBe('甲错乙');
  show({ ...SPOKEN, page: CHECK }, 'check');
  takeHeard();
  control.appeared([words('错')]);
  expect(takeHeard()).toBe('');
});

test('while somebody records, or hears themselves, not a word is said', () => {
  const { control, hand, show, takeHeard } = setUp();
  show({ ...plugged, page: OPEN }, 'guides');
  control.hush(true);
  expect(hand.sounding()).toBeNull();
  control.appeared([words('错')]);
  control.focused([words('丁')]);
  control.listen();
  control.again();
  show({ page: pageOf('emergency') }, 'emergency');
  expect(takeHeard()).toBe('甲✂');
  control.hush(false);
  control.listen();
  expect(takeHeard()).toBe('甲乙');
});

test('what has the focus is said in place of the rest; on a private page only what anybody may hear', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: OPEN }, 'guides');
  control.focused([words('丁')]);
  expect(takeHeard()).toBe('');
  show(SPOKEN);
  control.focused([words('丁')]);
  expect(takeHeard()).toBe('甲✂丁');
  show({ page: CHECK }, 'check');
  takeHeard();
  control.focused([words('丁'), words('念', 'open')]);
  expect(takeHeard()).toBe('念');
});

test('at night it asks before it speaks, not aloud, and speaks softly', () => {
  const { control, show, takeHeard, softness } = setUp();
  show({ ...SPOKEN, ...night, page: OPEN }, 'guides');
  expect(control.state()).toMatchObject({ at: 'asking', question: 'quiet' });
  expect(takeHeard()).toBe('');
  control.answer(true);
  expect(softness).toEqual([true]);
  expect(takeHeard()).toBe('甲乙');
  show({ page: pageOf('emergency') }, 'emergency');
  expect(takeHeard()).toBe('甲乙');
  // One question is enough for a private page.
  show({ page: CHECK }, 'check');
  expect(control.state().question).toBe('private');
  show({ sound: { jack: 'plugged', quiet: true } });
  expect(softness.at(-1)).toBe(false);
});

test('at night whoever lets a private page be read is not asked about the night as well', () => {
  const { control, show, takeHeard } = setUp();
  show({ ...night, page: CHECK }, 'check');
  control.listen();
  control.answer(true);
  takeHeard();
  show({ page: OPEN }, 'guides');
  control.listen();
  expect(takeHeard()).toBe('甲乙');
});

test('the sheet of settings is nobody’s, whatever lies below it', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: CHECK }, 'check');
  show(SPOKEN, 'check/sheet', true);
  expect(takeHeard()).toBe('甲乙');
  expect(control.state().at).toBe('silent');
});

test('what cannot be said is told once it is silent, and shown', () => {
  const { control, show, takeHeard, stands, reports } = setUp();
  show({ page: OPEN }, 'guides');
  stands(words('〇。〇甲。'));
  control.listen();
  expect(control.state().lost).toBe('all');
  expect(reports).toEqual([{ why: 'missing', phrases: 2 }]);
  stands(words('〇。乙。'));
  control.listen();
  expect(takeHeard()).toBe('乙');
  expect(control.state().lost).toBe('some');
});

test('what is left out of a phrase is told and shown, too', () => {
  const { control, show, takeHeard, stands, reports } = setUp();
  show({ page: OPEN }, 'guides');
  stands(words('甲龘。乙。'));
  control.listen();
  expect(control.state().lost).toBe('none');
  takeHeard();
  expect(control.state().lost).toBe('some');
  expect(reports).toEqual([{ why: 'missing', phrases: 1 }]);
});

test('without a voice nothing is asked and nothing is said; one that comes late begins where it is wanted', () => {
  const { control, show, takeHeard } = setUp();
  control.setVoice(false);
  show({ ...plugged, page: OPEN }, 'guides');
  control.listen();
  expect(control.state()).toMatchObject({ hasVoice: false, at: 'silent' });
  expect(takeHeard()).toBe('');
  control.setVoice(true);
  expect(takeHeard()).toBe('甲乙');
});

test('a visit that ends is forgotten; a line that is lost is silent', () => {
  const { control, hand, show, forgotten } = setUp();
  const before = forgotten();
  show({ ...plugged, page: CHECK }, 'check');
  control.shows(null);
  expect(hand.sounding()).toBeNull();
  expect(forgotten()).toBe(before + 1);
  show({ page: pageOf('second-card') }, 'second-card');
  expect(forgotten()).toBe(before + 2);
});

test('another language on the same page is read anew where somebody listened', () => {
  const { control, show, takeHeard } = setUp();
  show({ page: OPEN }, 'guides');
  control.listen();
  takeHeard();
  show({ language: 'en' });
  expect(takeHeard()).toBe('甲乙');
});

test('an emergency is said by itself, at night too and as loud as by day, and once more whenever it is due', () => {
  const { control, show, takeHeard, softness } = setUp();
  show({ page: pageOf('attract-alarm'), ...night }, 'attract/alarm');
  expect(takeHeard()).toBe('甲乙');
  expect(softness.at(-1)).toBe(false);
  show({});
  expect(takeHeard()).toBe('');
  control.listen();
  expect(takeHeard()).toBe('甲乙');
  expect(control.state().question).toBeNull();
  // Acknowledged: the page is as silent as before.
  show({ page: pageOf('attract') }, 'attract');
  expect(takeHeard()).toBe('');

  show({ page: pageOf('urgent-between') }, 'urgent');
  expect(takeHeard()).toBe('甲乙');
  show({ page: CHECK }, 'check');
  expect(takeHeard()).toBe('');
});
