import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  EMPTY_BOOK,
  type Handover,
  LINKS,
  type LinkBook,
  type Peer,
  pairLost,
  peerDown,
  peerUp,
} from './links.ts';

/** Plays a story and collects every pair handed out. */
function play(story: readonly ((book: LinkBook) => ReturnType<typeof peerUp> | LinkBook)[]) {
  let book = EMPTY_BOOK;
  const handovers: Handover[] = [];
  for (const step of story) {
    const turn = step(book);
    if ('handovers' in turn) handovers.push(...turn.handovers);
    book = 'handovers' in turn ? turn.book : turn;
  }
  return { book, handovers: handovers.map(({ ends, generation }) => `${ends.join('-')} ${generation}`) };
}
const up = (peer: Peer) => (book: LinkBook) => peerUp(book, peer);
const down = (peer: Peer) => (book: LinkBook) => peerDown(book, peer);

test('a pair is made once both ends are up, whoever comes first', () => {
  expect(play([up('terminal'), up('devices'), up('screen')]).handovers).toEqual([
    'terminal-devices 1',
    'screen-terminal 1',
  ]);
  expect(play([up('screen'), up('devices')]).handovers).toEqual([]);
});

test('the terminal comes back: fresh pairs to both neighbours', () => {
  const { handovers } = play([up('screen'), up('devices'), up('terminal'), down('terminal'), up('terminal')]);
  expect(handovers.slice(2)).toEqual(['screen-terminal 2', 'terminal-devices 2']);
});

test('the devices program comes back: the screen’s pair is left alone', () => {
  const { handovers } = play([up('screen'), up('terminal'), up('devices'), down('devices'), up('devices')]);
  expect(handovers).toEqual(['screen-terminal 1', 'terminal-devices 1', 'terminal-devices 2']);
});

test('a page loaded afresh gets a fresh pair without having been seen to go', () => {
  expect(play([up('terminal'), up('screen'), up('screen')]).handovers).toEqual([
    'screen-terminal 1',
    'screen-terminal 2',
  ]);
});

test('a pair given up by both ends is replaced once', () => {
  const lost = (asker: Peer, peer: Peer, generation: number) => (book: LinkBook) =>
    pairLost(book, { asker, peer, generation });
  const { handovers } = play([
    up('terminal'),
    up('screen'),
    lost('screen', 'terminal', 1),
    lost('terminal', 'screen', 1),
    lost('screen', 'devices', 0),
    lost('terminal', 'terminal', 2),
    down('terminal'),
    lost('screen', 'terminal', 2),
  ]);
  expect(handovers).toEqual(['screen-terminal 1', 'screen-terminal 2']);
});

test('whatever happens, both ends are up, generations grow by one, and no link is missing its pair', () => {
  const peer = fc.constantFrom<Peer>('screen', 'terminal', 'devices');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('up' as const), peer }),
    fc.record({ kind: fc.constant('down' as const), peer }),
    fc.record({ kind: fc.constant('lost' as const), peer, asker: peer, generation: fc.nat(5) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let book = EMPTY_BOOK;
      const latest = new Map<string, number>();
      const fresh = new Set<string>();
      for (const next of steps) {
        if (next.kind === 'down') {
          book = peerDown(book, next.peer);
          for (const ends of LINKS) if (ends.includes(next.peer)) fresh.delete(ends.join());
          continue;
        }
        const turn = next.kind === 'up' ? peerUp(book, next.peer) : pairLost(book, next);
        book = turn.book;
        for (const { ends, generation } of turn.handovers) {
          expect(ends.every((end) => book.up.has(end))).toBe(true);
          expect(generation).toBe((latest.get(ends.join()) ?? 0) + 1);
          latest.set(ends.join(), generation);
          fresh.add(ends.join());
        }
      }
      for (const ends of LINKS) expect(fresh.has(ends.join())).toBe(ends.every((end) => book.up.has(end)));
    }),
  );
});

test('the screen has no link to the devices', () => {
  expect(LINKS.some((ends) => ends.includes('screen') && ends.includes('devices'))).toBe(false);
});
