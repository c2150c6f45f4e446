import { describe, expect, test } from 'vitest';
import type { DevicesEvent, ReaderEvent } from '../api.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import { setUpRig } from '../testing/rig.ts';
import { STATUS_MEANINGS } from './status.ts';

type Told<T extends ReaderEvent['type']> = {
  type: 'reader';
  event: Extract<ReaderEvent, { type: T }>;
};

function told<T extends ReaderEvent['type']>(type: T) {
  return (event: DevicesEvent): event is Told<T> & DevicesEvent =>
    event.type === 'reader' && event.event.type === type;
}

/** Long enough for several polls. */
const SOME_POLLS_MS = 1_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent('over a pseudo-terminal', () => {
  test.each(SAMPLE_CARDS.filter((card) => card.selectStatus === null).map((card) => card.id))(
    'the card "%s" is read',
    async (id) => {
      await using rig = await setUpRig();
      await rig.order({ order: 'lay-card', card: id });
      const { event } = await rig.next(told('identity'));
      const card = SAMPLE_CARDS.find((candidate) => candidate.id === id);
      expect(event.read).toMatchObject({ numberValid: true, notes: id === 'permit' ? ['area-unknown'] : [] });
      expect(event.read.photo).toEqual(card?.photo);
      expect(rig.readerEvents().map(({ type }) => type)).toEqual(['reading', 'identity']);
    },
  );

  test('fields are understood, with the added address', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'man-of-70' });
    const { event } = await rig.next(told('identity'));
    const { photo, readId, ...rest } = event.read;
    expect(photo).toHaveLength(1024);
    expect(readId).toMatch(/^[0-9a-f]{32}$/);
    expect(rest).toEqual({
      kind: 'citizen',
      name: '王国强',
      nameLatin: null,
      sex: 'male',
      nation: { code: '01', name: '汉' },
      birth: '1955-07-04',
      address: '浙江省样例县沙溪镇董村 88 号',
      number: '330699195507043119',
      numberValid: true,
      issuer: '样例县公安局',
      validFrom: '2007-09-02',
      validTo: 'long-term',
      notes: [],
    });
  });

  test('a card left lying says nothing more', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
    await wait(SOME_POLLS_MS);
    expect(rig.readerEvents().map(({ type }) => type)).toEqual(['reading', 'identity']);
  });

  test('the same card laid again is still here', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'mother' });
    const { event } = await rig.next(told('identity'));
    const { readId } = event.read;
    await rig.order({ order: 'lift-card' });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('still-here'))).event.readId).toBe(readId);
  });

  test('another card is told at once', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
    await rig.order({ order: 'lay-card', card: 'daughter' });
    const second = await rig.next(
      (event): event is Told<'identity'> & DevicesEvent =>
        told('identity')(event) && event.event.read.name === '陈秀英',
    );
    expect(second.event.read.numberValid).toBe(true);
    expect(rig.readerEvents().map(({ type }) => type)).toEqual([
      'reading',
      'identity',
      'reading',
      'identity',
    ]);
  });

  test('after forgetting, the same card laid again is a new one, and nothing of the first is held', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'mother' });
    const first = await rig.next(told('identity'));
    await rig.client.forgetCard();
    expect(first.event.read.photo).toEqual(new Uint8Array(1024));
    await wait(SOME_POLLS_MS);
    expect(rig.readerEvents()).toHaveLength(2);
    const from = rig.events.length;
    await rig.order({ order: 'lift-card' });
    await rig.order({ order: 'lay-card', card: 'mother' });
    const second = await rig.next(told('identity'), from);
    expect(second.event.read.readId).not.toBe(first.event.read.readId);
  });

  test('while nobody watches no card is read, and the card held is forgotten', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'mother' });
    const first = await rig.next(told('identity'));
    await rig.leave();
    expect(first.event.read.photo).toEqual(new Uint8Array(1024));
    await rig.order({ order: 'lay-card', card: 'daughter' });
    await wait(SOME_POLLS_MS);
    const controller = new AbortController();
    const again = await rig.client.watch(undefined, { signal: controller.signal });
    for await (const event of again) if (told('identity')(event)) break;
    controller.abort();
  });

  test('a card that is no ID card', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'lay-card', card: 'bank-card' });
    await rig.next(told('trouble'));
    await wait(SOME_POLLS_MS);
    // Told once, not at every poll.
    expect(rig.readerEvents()).toEqual([{ type: 'reading' }, { type: 'trouble', trouble: 'wrong-card' }]);
    await rig.order({ order: 'lift-card' });
    await wait(SOME_POLLS_MS);
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('a card pulled away before it is read', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type: 'pulled' } });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe('lay-again');
    await wait(SOME_POLLS_MS);
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  const troubles = [...STATUS_MEANINGS].flatMap(([sw3, meaning]) =>
    meaning.kind === 'trouble' ? [{ sw3, trouble: meaning.trouble }] : [],
  );
  test.each(troubles)('status $sw3 to a read is told as $trouble', async ({ sw3, trouble }) => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type: 'status', sw3 } });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe(trouble);
  });

  const passing = [...STATUS_MEANINGS].flatMap(([sw3, { kind }]) =>
    kind === 'resend' || kind === 'restart' ? [sw3] : [],
  );
  test.each(passing)('status %i to a read is got over without a word', async (sw3) => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type: 'status', sw3 } });
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
    expect(rig.readerEvents().map(({ type }) => type)).toEqual(['reading', 'identity']);
  });

  const unfit = [...STATUS_MEANINGS].flatMap(([sw3, meaning]) =>
    meaning.kind === 'unfit' ? [{ sw3, reason: meaning.reason }] : [],
  );
  test.each(unfit)(
    'status $sw3 takes the reader out of service until it recovers',
    async ({ sw3, reason }) => {
      await using rig = await setUpRig();
      await rig.status('card-reader', 'ok');
      await rig.order({ order: 'fail-reader', fault: { type: 'status', sw3 } });
      await rig.status('card-reader', 'fault', reason);
      await rig.status('card-reader', 'ok');
      await rig.order({ order: 'lay-card', card: 'mother' });
      await rig.next(told('identity'));
    },
  );

  test.each(['noise', 'half', 'silence'] as const)('%s in an answer is got over', async (type) => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type } });
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
    expect(rig.readerEvents().map((event) => event.type)).toEqual(['reading', 'identity']);
  });

  test('a read that fails for good is told', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type: 'half' }, times: 3 });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe('lay-again');
    await rig.status('card-reader', 'ok');
  });

  test('noise between answers is passed over', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'make-reader-noise' });
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('one byte in a hundred wrong: whoever lays a card is told to lay it again, and is read when the line is quiet', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'set-reader-noise', share: 0.01 });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe('lay-again');
    expect(rig.readerEvents().map(({ type }) => type)).not.toContain('identity');
    await rig.order({ order: 'set-reader-noise', share: 0 });
    await rig.order({ order: 'lift-card' });
    await wait(SOME_POLLS_MS);
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    const { event } = await rig.next(told('identity'));
    expect(event.read.photo).toEqual(SAMPLE_CARDS.find(({ id }) => id === 'mother')?.photo);
  });

  test('half a frame, then silence for good: that is said; the card is read once it speaks again', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'fail-reader', command: 'read', fault: { type: 'half' } });
    for (const command of ['read', 'status'] as const)
      await rig.order({ order: 'fail-reader', command, fault: { type: 'silence' }, times: 1_000 });
    await rig.order({ order: 'lay-card', card: 'mother' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe('lay-again');
    await rig.status('card-reader', 'fault', 'not-answering');
    await rig.order({ order: 'clear-reader-faults' });
    await rig.order({ order: 'lift-card' });
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('a reader set to another speed under way is found again', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'set-reader-speed', baudRate: 19_200 });
    await rig.status('card-reader', 'fault', 'not-answering');
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('a reader without added addresses gives the one on the card', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'fail-reader', command: 'read-address', fault: { type: 'status', sw3: 0x23 } });
    await rig.order({ order: 'lay-card', card: 'man-of-70' });
    expect((await rig.next(told('identity'))).event.read.address).toBe('浙江省样例县沙溪镇董村 12 号');
    await rig.status('card-reader', 'ok');
  });

  test('a reader that falls silent, and speaks again', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'set-reader-silent', silent: true });
    await rig.status('card-reader', 'fault', 'not-answering');
    await rig.order({ order: 'set-reader-silent', silent: false });
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('unplugged in the middle of a read and plugged in again', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('reading'));
    await rig.order({ order: 'unplug', device: 'card-reader' });
    expect((await rig.next(told('trouble'))).event.trouble).toBe('lay-again');
    await rig.status('card-reader', 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: 'card-reader' });
    await rig.status('card-reader', 'ok');
    await rig.next(told('identity'));
  });

  test('a line has one driver', async () => {
    await using rig = await setUpRig();
    await rig.status('card-reader', 'ok');
    await using other = await setUpRig({ config: { cardReader: rig.cabinet.config.cardReader } });
    await other.status('card-reader', 'absent', 'port-closed');
  });

  test('a reader at another speed than the cabinet says is found, and found again', async () => {
    await using rig = await setUpRig({ driverSpeed: 9_600 });
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'unplug', device: 'card-reader' });
    await rig.status('card-reader', 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: 'card-reader' });
    await rig.status('card-reader', 'ok');
    await rig.order({ order: 'lay-card', card: 'mother' });
    await rig.next(told('identity'));
  });

  test('a reader that never answers is said not to', async () => {
    await using rig = await setUpRig();
    await rig.order({ order: 'unplug', device: 'card-reader' });
    await rig.order({ order: 'set-reader-silent', silent: true });
    await rig.order({ order: 'plug', device: 'card-reader' });
    await rig.status('card-reader', 'fault', 'not-answering');
  });
});
