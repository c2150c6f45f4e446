import { expect, test } from 'vitest';
import {
  READER_EVENTS,
  READER_STATES,
  type ReaderMachineEvent,
  type ReaderState,
  step,
} from './reader-machine.ts';

/**
 * Every cell, said by itself: a state, then each event with the state it leads to and what is done on the way. A
 * dot: the event changes nothing there, because nobody asked for it or it cannot be.
 */
const TABLE = `
    closed
      opened    checking: send-status
      lost      closed: tell-closed
      due       closed: open
      ready     ·
      found     ·
      none      ·
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   ·
      unfit     ·
      restart   ·
      again     ·
      gave-up   ·
      forget    closed: forget
    checking
      opened    ·
      lost      closed: tell-closed
      due       checking: send-status
      ready     searching: tell-well, send-find
      found     ·
      none      ·
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   ·
      unfit     unfit: tell-unfit
      restart   ·
      again     ·
      gave-up   closed: close, tell-silent
      forget    checking: forget
    unfit
      opened    ·
      lost      closed: tell-closed
      due       unfit: send-reset
      ready     checking: send-status
      found     ·
      none      ·
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   ·
      unfit     unfit: tell-unfit
      restart   ·
      again     ·
      gave-up   checking: tell-silent
      forget    unfit: forget
    searching
      opened    ·
      lost      closed: tell-closed
      due       searching: send-find
      ready     ·
      found     selecting: tell-reading, send-select
      none      ·
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   troubled: tell-trouble
      unfit     unfit: tell-unfit
      restart   ·
      again     ·
      gave-up   checking: tell-silent
      forget    searching: forget
    selecting
      opened    ·
      lost      closed: tell-lay-again, tell-closed
      due       ·
      ready     ·
      found     ·
      none      troubled: tell-lay-again
      selected  reading: send-read
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   troubled: tell-trouble
      unfit     unfit: tell-lay-again, tell-unfit
      restart   refinding: send-find
      again     refinding: send-find
      gave-up   checking: tell-lay-again, send-status
      forget    selecting: forget
    reading
      opened    ·
      lost      closed: tell-lay-again, tell-closed
      due       ·
      ready     ·
      found     ·
      none      troubled: tell-lay-again
      selected  ·
      read-new  addressing: send-address
      read-same holding: tell-still-here
      unsure    reading: send-read
      addressed ·
      refused   troubled: tell-trouble
      unfit     unfit: tell-lay-again, tell-unfit
      restart   refinding: send-find
      again     reading: send-read
      gave-up   checking: tell-lay-again, send-status
      forget    reading: forget
    refinding
      opened    ·
      lost      closed: tell-lay-again, tell-closed
      due       ·
      ready     ·
      found     selecting: send-select
      none      troubled: tell-lay-again
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   troubled: tell-trouble
      unfit     unfit: tell-lay-again, tell-unfit
      restart   refinding: send-find
      again     refinding: send-find
      gave-up   checking: tell-lay-again, send-status
      forget    refinding: forget
    addressing
      opened    ·
      lost      closed: tell-identity, tell-closed
      due       ·
      ready     ·
      found     ·
      none      holding: tell-identity
      selected  ·
      read-new  ·
      read-same ·
      unsure    addressing: send-address
      addressed holding: tell-identity
      refused   holding: tell-identity
      unfit     unfit: tell-identity, tell-unfit
      restart   holding: tell-identity
      again     holding: tell-identity
      gave-up   holding: tell-identity
      forget    addressing: forget
    holding
      opened    ·
      lost      closed: tell-closed
      due       holding: send-find
      ready     ·
      found     selecting: tell-reading, send-select
      none      ·
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   troubled: tell-trouble
      unfit     unfit: tell-unfit
      restart   ·
      again     ·
      gave-up   checking: tell-silent
      forget    searching: forget
    troubled
      opened    ·
      lost      closed: tell-closed
      due       troubled: send-find
      ready     ·
      found     ·
      none      searching
      selected  ·
      read-new  ·
      read-same ·
      unsure    ·
      addressed ·
      refused   ·
      unfit     unfit: tell-unfit
      restart   ·
      again     ·
      gave-up   checking: tell-silent
      forget    troubled: forget
`;

interface Cell {
  readonly state: ReaderState;
  readonly event: ReaderMachineEvent;
  /** `next: effect, effect`, or a dot. */
  readonly outcome: string;
}

/** The cells of the text; a line indented less names the state of those after it. */
function cellsOf(text: string): Cell[] {
  let state: string = '';
  return text.split('\n').flatMap((line): Cell[] => {
    const [, indent = '', word = '', outcome = ''] = /^( *)(\S+) *(.*)$/.exec(line) ?? [];
    if (word === '') return [];
    if (indent.length === 4) state = word;
    return indent.length === 4
      ? []
      : [{ state: state as ReaderState, event: word as ReaderMachineEvent, outcome }];
  });
}

const CELLS = cellsOf(TABLE);

test('each event is said of each state, once', () => {
  const all = READER_STATES.flatMap((state) => READER_EVENTS.map((event) => `${state} ${event}`));
  expect(CELLS.map(({ state, event }) => `${state} ${event}`)).toEqual(all);
});

test.each(CELLS)('$state, $event → $outcome', ({ state, event, outcome }) => {
  const { next, effects } = step(state, event);
  const nothing = next === state && effects.length === 0;
  const done = [next, effects.join(', ')].filter((part) => part !== '').join(': ');
  expect(nothing ? '·' : done).toBe(outcome);
});
