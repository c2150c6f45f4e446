import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVoiceQueue, type Phrase, type VoiceQueue } from './queue.ts';
import { clipOfEach, createHandPlayer, type HandPlayer } from './testing/hand-player.ts';

const phrase = (text: string, isPrivate = false): Phrase => ({ text, language: 'zh', isPrivate });

function setUp() {
  const player = createHandPlayer();
  const speeds: string[] = [];
  const lost: string[] = [];
  const queue = createVoiceQueue({
    player,
    clipsOf: ({ text }, speed) => {
      speeds.push(speed);
      return text.includes('?') || /^[，。]*$/.test(text) ? [] : clipOfEach(text);
    },
    onChange: () => undefined,
    onLost: (why) => lost.push(why),
  });
  return { player, queue, speeds, lost };
}

const playOut = (player: HandPlayer) => {
  while (player.sounding() !== null) player.endClip();
};
const words = (player: HandPlayer) =>
  player.heard.map(({ text, whole }) => (whole ? text : `${text}✂`)).join('');

test('says a page in its order, and again', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙'), phrase('丙')]);
  expect(queue.state().saying?.text).toBe('甲乙');
  playOut(player);
  expect(queue.state()).toEqual({ saying: null, canRepeat: true, lost: 0, said: 2, begun: 2 });
  queue.again();
  playOut(player);
  expect(words(player)).toBe('甲乙丙甲乙丙');
});

test('a new page: the clip that sounds is heard to its end, then the new page, and nothing more of the old', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙'), phrase('丙')]);
  queue.leave();
  queue.read([phrase('丁')]);
  expect(player.sounding()).toBe('甲');
  playOut(player);
  expect(words(player)).toBe('甲丁');
});

test('a private page that is left is silent at once, and cannot be said again', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙', true), phrase('丙', true)]);
  queue.leave();
  expect(player.sounding()).toBeNull();
  expect(queue.state().canRepeat).toBe(false);
  queue.again();
  playOut(player);
  expect(words(player)).toBe('甲✂');
});

test('what appears is said after the phrase under way, in its order, before the rest', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙'), phrase('丙')]);
  queue.announce([phrase('一'), phrase('二')]);
  queue.announce([phrase('三')]);
  playOut(player);
  expect(words(player)).toBe('甲乙一二三丙');
});

test('another speed begins the phrase under way anew, and holds for the rest', () => {
  const { player, queue, speeds } = setUp();
  queue.read([phrase('甲乙'), phrase('丙')]);
  player.endClip();
  queue.setSpeed('slow');
  queue.announce([phrase('一')]);
  playOut(player);
  expect(words(player)).toBe('甲乙甲乙一丙');
  expect(speeds).toEqual(['normal', 'slow', 'slow', 'slow']);
});

test('a speed chosen twice says the phrase once more, and one of a page that was left not at all', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙')]);
  queue.setSpeed('slow');
  queue.setSpeed('normal');
  playOut(player);
  expect(words(player)).toBe('甲甲乙');
  queue.again();
  queue.leave();
  queue.setSpeed('slow');
  playOut(player);
  expect(words(player)).toBe('甲甲乙甲');
});

test('stop is silence at once; the page can still be said again', () => {
  const { player, queue } = setUp();
  queue.read([phrase('甲乙'), phrase('丙')]);
  queue.stop();
  expect(player.sounding()).toBeNull();
  queue.again();
  playOut(player);
  expect(words(player)).toBe('甲✂甲乙丙');
});

test('what cannot be said is counted and passed over; mere punctuation is nothing to say', () => {
  const { player, queue, lost } = setUp();
  queue.read([phrase('A?'), phrase('。'), phrase('甲'), phrase('乙')]);
  player.endClip();
  player.endClip('missing');
  expect(lost).toEqual(['missing', 'missing']);
  expect(queue.state()).toEqual({ saying: null, canRepeat: true, lost: 2, said: 1, begun: 2 });
});

/** Storms of whatever can happen to a queue, in one letter each for short histories. */
const storm = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
    fc.record({
      do: fc.constantFrom('turn' as const, 'read' as const, 'announce' as const),
      phrases: fc.array(fc.record({ length: fc.integer({ min: 1, max: 4 }), isPrivate: fc.boolean() }), {
        maxLength: 4,
      }),
    }),
    fc.record({
      do: fc.constantFrom(
        'again' as const,
        'slow' as const,
        'normal' as const,
        'stop' as const,
        'leave' as const,
      ),
    }),
    fc.record({ do: fc.constant('fail' as const) }),
  ),
  { maxLength: 60 },
);

test('storms of taps, pages, notices and speeds: never two at once, none cut but who asked, order kept', () => {
  fc.assert(
    fc.property(storm, (commands) => {
      const player = createHandPlayer();
      let made = 0;
      /** Of which page each phrase is. */
      const pageOf = new Map<string, number>();
      let pageNumber = 0;
      const startedOn: { readonly text: string; readonly page: number }[] = [];
      const queue: VoiceQueue = createVoiceQueue({
        player,
        clipsOf: ({ text }) => {
          startedOn.push({ text, page: pageNumber });
          return clipOfEach(text);
        },
        onChange: () => undefined,
      });
      const make = (shapes: readonly { readonly length: number; readonly isPrivate: boolean }[]): Phrase[] =>
        shapes.map(({ length, isPrivate }) => {
          made += 1;
          // Each phrase has a character of its own, several times.
          const text = String.fromCodePoint(0x4e00 + made).repeat(length);
          pageOf.set(text, pageNumber);
          return { text, language: 'zh', isPrivate };
        });
      for (const command of commands) {
        const before = queue.state().saying;
        const cuts = player.heard.filter(({ whole }) => !whole).length;
        switch (command.do) {
          case 'end':
            player.endClip();
            break;
          case 'fail':
            player.endClip('missing');
            break;
          case 'turn':
            pageNumber += 1;
            queue.leave();
            queue.read(make(command.phrases));
            break;
          case 'read':
            pageNumber += 1;
            queue.read(make(command.phrases));
            break;
          case 'announce':
            queue.announce(make(command.phrases));
            break;
          case 'leave':
            pageNumber += 1;
            queue.leave();
            break;
          case 'again':
            queue.again();
            break;
          case 'stop':
            queue.stop();
            break;
          default:
            queue.setSpeed(command.do);
        }
        const wasCut = player.heard.filter(({ whole }) => !whole).length > cuts;
        const mayCut =
          command.do === 'stop' ||
          (before?.isPrivate === true && ['turn', 'read', 'leave', 'again'].includes(command.do));
        expect(wasCut && !mayCut).toBe(false);
        // After its page was left nothing private sounds.
        const { saying } = queue.state();
        if (saying?.isPrivate) expect(pageOf.get(saying.text)).toBe(pageNumber);
        if (command.do === 'stop') expect(player.sounding()).toBeNull();
        expect(saying === null).toBe(player.sounding() === null);
      }
      // Nothing begins on a page that is not its own.
      for (const { text, page } of startedOn) expect(pageOf.get(text)).toBe(page);
      while (player.sounding() !== null) player.endClip();
      expect(queue.state().saying).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('whatever is asked meanwhile, a page that is left alone is said whole and in its order', () => {
  const calm = fc.array(fc.constantFrom('end', 'announce', 'slow', 'normal'), { maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 }),
      calm,
      (lengths, commands) => {
        const { player, queue } = setUp();
        const page = lengths.map((length, at) => String.fromCodePoint(0x4e00 + at).repeat(length));
        queue.read(page.map((text) => phrase(text)));
        let notices = 0;
        for (const command of commands) {
          if (command === 'end') player.endClip();
          else if (command === 'announce') {
            queue.announce([phrase(String.fromCodePoint(0x5e00 + notices))]);
            notices += 1;
          } else queue.setSpeed(command === 'slow' ? 'slow' : 'normal');
        }
        playOut(player);
        const heard = [...new Set(player.heard.map(({ text }) => text))];
        expect(heard.filter((text) => text < '\u5e00').join('')).toBe(page.map((text) => text[0]).join(''));
        expect(heard.filter((text) => text >= '\u5e00')).toHaveLength(notices);
        expect(player.heard.every(({ whole }) => whole)).toBe(true);
        expect(queue.state().said).toBe(page.length + notices);
      },
    ),
  );
});
