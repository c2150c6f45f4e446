import { describe, expect, test } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { ok } from '../../base/result.ts';
import type { DevicesEvent, SocialCardEvent } from '../api.ts';
import { ChipCard, SAMPLE_CHIP_CARDS } from '../simulator/social-cards.ts';
import { type Rig, setUpRig } from '../testing/rig.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { pcscSlot } from './pcsc.ts';
import { readHolder } from './read-card.ts';
import type { CardLine, OpenSlot } from './slot.ts';
import { startSocialCardSession } from './social-card-session.ts';

const DEVICE = 'social-card-reader';

function getCard(id: string): ChipCard {
  const sample = SAMPLE_CHIP_CARDS.find((card) => card.id === id);
  if (sample === undefined) throw new Error(id);
  return new ChipCard(sample);
}

const lineTo = (answer: (command: Uint8Array) => Uint8Array): CardLine => ({
  transmit: (command) => Promise.resolve(ok(Uint8Array.from(answer(command)))),
  disconnect: () => Promise.resolve(),
});

describe('what is on a card', () => {
  test.each([
    ['daughter', '陈秀英', '33069919680925224'],
    ['minority', '阿依古丽·买买提', '33069919880606526'],
  ])('%s: number and name', async (id, name, number) => {
    const card = getCard(id);
    const holder = await readHolder(lineTo((command) => card.answer(command)));
    expect(holder).toMatchObject({ ok: true, value: { name, numberValid: true } });
    expect(holder.ok && holder.value.number.slice(0, 17)).toBe(number);
  });

  test('a card of another kind is a wrong card', async () => {
    const card = getCard('bank-card');
    expect(await readHolder(lineTo((command) => card.answer(command)))).toEqual({
      ok: false,
      error: 'wrong-card',
    });
  });

  test.each([
    ['says nothing', [], 'unreadable'],
    ['asks for ever to be asked again', [0x6c, 0x10], 'unreadable'],
    ['says for ever that more waits', [0x61, 0x10], 'unreadable'],
    ['knows no command', [0x6d, 0x00], 'wrong-card'],
    ['gives empty answers', [0x90, 0x00], 'unreadable'],
  ])('one that %s', async (_what, bytes, trouble) => {
    expect(await readHolder(lineTo(() => Uint8Array.from(bytes)))).toEqual({ ok: false, error: trouble });
  });

  test('noise in place of any one answer is never taken for somebody', async () => {
    for (let spoilt = 0; spoilt < 6; spoilt += 1) {
      const card = getCard('daughter');
      let count = 0;
      const holder = await readHolder(
        lineTo((command) => {
          const answer = card.answer(command);
          count += 1;
          return count - 1 === spoilt ? answer.map((byte) => byte ^ 0x55) : answer;
        }),
      );
      if (holder.ok) expect(holder.value.number.slice(0, 17)).toBe('33069919680925224');
    }
  });
});

describe('in the simulated cabinet, over a real line', () => {
  const isSocial = (event: DevicesEvent) => event.type === 'social-card';
  const told = (rig: Rig) =>
    rig.events.flatMap((event): SocialCardEvent[] => (event.type === 'social-card' ? [event.event] : []));
  const next = (rig: Rig, type: SocialCardEvent['type'], from = 0) =>
    rig.next(
      (event): event is Extract<DevicesEvent, { type: 'social-card' }> =>
        isSocial(event) && event.event.type === type,
      from,
    );

  test('a card put in is read once; taken out, that is told; the next one is another', async () => {
    await using rig = await setUpRig();
    await rig.status(DEVICE, 'ok');
    await rig.order({ order: 'insert-social-card', card: 'daughter' });
    expect((await next(rig, 'read')).event).toMatchObject({ read: { name: '陈秀英', numberValid: true } });
    await rig.order({ order: 'remove-social-card' });
    await next(rig, 'removed');
    const from = rig.events.length;
    await rig.order({ order: 'insert-social-card', card: 'minority' });
    expect((await next(rig, 'read', from)).event).toMatchObject({ read: { name: '阿依古丽·买买提' } });
    expect(told(rig).map(({ type }) => type)).toEqual(['reading', 'read', 'removed', 'reading', 'read']);
  });

  test('a bank card is a wrong card', async () => {
    await using rig = await setUpRig();
    await rig.status(DEVICE, 'ok');
    await rig.order({ order: 'insert-social-card', card: 'bank-card' });
    expect((await next(rig, 'trouble')).event).toEqual({ type: 'trouble', trouble: 'wrong-card' });
  });

  test('fallen silent, it does not answer; it is well again by itself, and the card that is in is read', async () => {
    await using rig = await setUpRig();
    await rig.status(DEVICE, 'ok');
    await rig.order({ order: 'set-social-card-silent', silent: true });
    await rig.status(DEVICE, 'fault', 'not-answering');
    await rig.order({ order: 'insert-social-card', card: 'daughter' });
    await rig.order({ order: 'set-social-card-silent', silent: false });
    await next(rig, 'read');
    await rig.status(DEVICE, 'ok');
  });

  test('unplugged and plugged in again: absent, then well by itself, and it reads', async () => {
    await using rig = await setUpRig();
    await rig.status(DEVICE, 'ok');
    await rig.order({ order: 'unplug', device: DEVICE });
    await rig.status(DEVICE, 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: DEVICE });
    await rig.status(DEVICE, 'ok');
    await rig.order({ order: 'insert-social-card', card: 'daughter' });
    await next(rig, 'read');
  });
});

describe('through PC/SC', () => {
  const missing = () =>
    Promise.reject(Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' }));

  test('without the package it is absent, and says what is missing', async () => {
    const clock = virtualClock();
    const statuses: string[] = [];
    const session = startSocialCardSession({
      open: pcscSlot({ clock, isMeant: () => true, load: missing }),
      clock,
      random: systemRandom,
      isWatched: () => true,
      onStatus: (state, reason) => statuses.push(`${state} ${reason}`),
      onEvent: () => undefined,
    });
    await clock.pass(10);
    expect(statuses).toEqual(['starting null', 'absent driver-missing']);
    session.stop();
  });

  test('the package itself is not there, as nothing depends on it', async () => {
    const opened = await pcscSlot({ clock: systemClock, isMeant: () => true })({
      onCard: () => undefined,
      onGone: () => undefined,
    });
    expect(opened).toMatchObject({ ok: false, error: { code: 'driver-missing' } });
  });

  test('a card put into the reader that is meant is read through its calls', async () => {
    const card = getCard('daughter');
    const listeners = new Map<string, (told: never) => void>();
    const reader = {
      name: 'Maker Contact Slot 00',
      SCARD_STATE_PRESENT: 0x20,
      SCARD_SHARE_SHARED: 2,
      SCARD_UNPOWER_CARD: 2,
      on: (event: string, listener: (told: never) => void) => listeners.set(event, listener),
      connect: (_options: unknown, done: (error: unknown, protocol: number) => void) => done(null, 1),
      transmit: (
        command: Buffer,
        _max: number,
        _protocol: number,
        done: (e: unknown, answer: Buffer) => void,
      ) => done(null, Buffer.from(card.answer(command))),
      disconnect: (_disposition: number, done: () => void) => done(),
      close: () => undefined,
    };
    const other = { ...reader, name: 'Another', on: () => undefined };
    const service = () => ({
      on: (event: string, listener: (told: unknown) => void) => {
        if (event === 'reader') for (const shown of [other, reader]) queueMicrotask(() => listener(shown));
      },
      close: () => undefined,
    });
    const open: OpenSlot = pcscSlot({
      clock: systemClock,
      isMeant: (name) => name.includes('Contact'),
      load: () => Promise.resolve({ default: service }),
    });
    const events: SocialCardEvent[] = [];
    const session = startSocialCardSession({
      open,
      clock: systemClock,
      random: systemRandom,
      isWatched: () => true,
      onStatus: () => undefined,
      onEvent: (event) => events.push(event),
    });
    const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
    await settle();
    listeners.get('status')?.({ state: 0x20 } as never);
    listeners.get('status')?.({ state: 0x22 } as never);
    await settle();
    listeners.get('status')?.({ state: 0x10 } as never);
    expect(events).toMatchObject([
      { type: 'reading' },
      { type: 'read', read: { name: '陈秀英' } },
      { type: 'removed' },
    ]);
    session.stop();
  });
});
