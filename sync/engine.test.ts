import { afterEach, describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { OUTCOME } from './formats/answers.ts';
import { FEED_KIND } from './formats/feed.ts';
import { parseBatch } from './formats/messages.ts';
import { SAMPLE_MS, sampleId } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, enrolledTrust, type Rig } from './testing/rig.ts';

const crypto = createCrypto();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.engine.stop();
  rigs = [];
});

function started(arrange: (rig: Rig) => void = () => {}): Rig {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS - 3 * HOUR));
  rigs.push(rig);
  arrange(rig);
  rig.engine.start();
  return rig;
}

const standings = (rig: Rig, entries: { header: { entryId: Uint8Array } }[]) =>
  new Set(entries.map((entry) => rig.journal.standing(entry.header.entryId)));
const count = (rig: Rig, name: string) => rig.platform.seen.filter((seen) => seen === name).length;

describe('the uplink', () => {
  it('drains the journal, urgent before cases before audit, and says so', async () => {
    const offeredClasses: number[] = [];
    const rig = started(({ platform, keep }) => {
      keep(3, { class: 2 });
      keep(150, { class: 1 });
      keep(2, { class: 0 });
      platform.knobs.judge = (entry) => void offeredClasses.push(entry.header.class);
    });
    await rig.pass(2_000);
    expect(rig.platform.held.size).toBe(155);
    expect(offeredClasses).toEqual(offeredClasses.toSorted());
    expect(rig.engine.status()).toMatchObject({
      online: true,
      failures: 0,
      trouble: null,
      owed: { waiting: 0, held: 155, refused: 0 },
    });
    expect(rig.engine.status().lastContactMs).toBeGreaterThan(SAMPLE_MS);
  });

  it('erases nothing before a release, and everything after it', async () => {
    const rig = started();
    const entries = rig.keep(5);
    rig.engine.nudge('new-entry');
    await rig.pass(2_000);
    expect(standings(rig, entries)).toEqual(new Set(['held']));
    expect(entries.every((entry) => rig.journal.bodyOf(entry.header.entryId))).toBe(true);
    rig.platform.backUp();
    await rig.pass(11 * MINUTE);
    expect(standings(rig, entries)).toEqual(new Set(['closed']));
    expect(rig.journal.owedHeads()).toEqual([]);
  });

  it('delivers once the platform is back, with nobody touching it, and within the cap', async () => {
    const rig = started(({ network, keep }) => {
      network.up = false;
      keep(10);
    });
    await rig.pass(5 * HOUR);
    expect(rig.engine.status()).toMatchObject({ online: false, trouble: 'unreachable' });
    expect(rig.platform.held.size).toBe(0);
    rig.network.up = true;
    await rig.pass(5 * MINUTE + 1_000);
    expect(rig.platform.held.size).toBe(10);
    expect(rig.engine.status()).toMatchObject({ online: true, failures: 0 });
  });

  it('does not hammer a platform that is down: waits grow to the cap', async () => {
    const rig = started(({ network, keep }) => {
      network.up = false;
      keep(1);
    });
    await rig.pass(24 * HOUR);
    const waits = rig.events.flatMap((event) =>
      event.kind === 'trouble' && event.loop === 'up' ? [event.waitMs] : [],
    );
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(150_000);
    expect(new Set(waits.slice(10)).size).toBeGreaterThan(10);
  });

  it('waits no longer than it is told to', async () => {
    const rig = createRig(crypto, createHandClock(SAMPLE_MS), undefined, 1_500);
    rigs.push(rig);
    rig.network.up = false;
    rig.engine.start();
    await rig.pass(60_000);
    const waits = rig.events.flatMap((event) => (event.kind === 'trouble' ? [event.waitMs] : []));
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_500);
    expect(Math.min(...waits.slice(4))).toBeGreaterThanOrEqual(750);
  });

  it('tries at once when the network returns, and when asked', async () => {
    const rig = started(({ network, keep }) => {
      network.up = false;
      keep(1);
    });
    for (const why of ['network-up', 'by-hand'] as const) {
      rig.network.up = false;
      await rig.pass(HOUR);
      rig.network.up = true;
      rig.keep(1);
      rig.engine.nudge(why);
      await rig.pass(500);
      expect(rig.engine.status().owed.waiting).toBe(0);
    }
  });

  it('repeats what was lost on the way, and the platform still holds each once', async () => {
    let replies = 0;
    const rig = started(({ network, keep }) => {
      network.loseReply = () => replies++ < 4;
      keep(7);
    });
    await rig.pass(10 * MINUTE);
    expect(rig.platform.held.size).toBe(7);
    expect(rig.engine.status().owed).toEqual({ waiting: 0, held: 7, refused: 0 });
  });

  it('lets one entry that breaks the platform hold up nothing', async () => {
    for (const status of [400, 500, 503] as const) {
      let bad = '';
      const rig = started(({ platform, keep }) => {
        const entries = keep(120);
        bad = toHex(entries[70]!.header.entryId);
        platform.knobs.refuse = (name, request) => {
          if (name !== 'entries') return undefined;
          const batch = parseBatch(request.body!);
          const isIn = batch.ok && batch.value.some(({ entryId }) => toHex(entryId) === bad);
          return isIn ? [status, 'malformed'] : undefined;
        };
      });
      await rig.pass(10 * MINUTE);
      expect(rig.platform.held.size).toBe(119);
      expect(rig.platform.held.has(bad)).toBe(false);
      rig.platform.knobs.refuse = undefined;
      await rig.pass(20 * MINUTE);
      expect(rig.platform.held.size).toBe(120);
    }
  });

  it('leaves a refusal alone until the epoch or the key set is new, or someone asks', async () => {
    const rig = started(({ platform, keep }) => {
      keep(3);
      platform.knobs.judge = ({ header }) => (header.seq === 2 ? OUTCOME.unopenable : undefined);
      platform.knobs.refuse = (name) => (name === 'feed' ? [503, 'busy'] : undefined);
    });
    await rig.pass(HOUR);
    expect(rig.engine.status().owed).toEqual({ waiting: 0, held: 2, refused: 1 });
    const offered = () => rig.journal.tries().length;
    const before = offered();
    await rig.pass(3 * HOUR);
    expect(offered()).toBe(before);
    rig.platform.knobs.judge = undefined;
    rig.platform.publishKeySet({});
    await rig.pass(HOUR + MINUTE);
    expect(rig.engine.status().owed).toEqual({ waiting: 0, held: 3, refused: 0 });
  });

  it('comes back for what was to be tried later', async () => {
    let asked = 0;
    const rig = started(({ platform, keep }) => {
      keep(2);
      platform.knobs.judge = ({ header }) => (header.seq === 1 && asked++ < 2 ? { laterS: 30 } : undefined);
    });
    await rig.pass(20_000);
    expect(rig.platform.held.size).toBe(1);
    await rig.pass(2 * MINUTE);
    expect(rig.platform.held.size).toBe(2);
    expect(asked).toBe(3);
  });

  it('says when the platform serves it no more, and keeps everything', async () => {
    const rig = started(({ platform, keep }) => {
      keep(2);
      platform.knobs.refuse = () => [403, 'revoked'];
    });
    await rig.pass(HOUR);
    expect(rig.engine.status()).toMatchObject({ access: 'revoked', owed: { waiting: 2 } });
    rig.platform.knobs.refuse = undefined;
    await rig.pass(6 * MINUTE);
    expect(rig.engine.status()).toMatchObject({ access: 'served', owed: { waiting: 0 } });
  });

  it('stores no "sending": stopped anywhere and started again, it goes on', async () => {
    const rig = createRig(crypto, createHandClock(0));
    rigs.push(rig);
    rig.keep(300);
    for (let stop = 0; stop < 20; stop++) {
      rig.engine.start();
      await rig.pass(10 + stop * 7);
      await rig.engine.stop();
    }
    rig.engine.start();
    await rig.pass(MINUTE);
    expect(rig.engine.status().owed).toEqual({ waiting: 0, held: 300, refused: 0 });
  });
});

describe('hello', () => {
  it('teaches the time only when it is back within 10 s', async () => {
    const slow = started(({ network }) => {
      network.delayMs = 6_000;
    });
    await slow.pass(MINUTE);
    expect(slow.engine.status()).toMatchObject({ online: true, timeTrusted: false });
    expect(slow.time.floorMs()).toBeGreaterThan(SAMPLE_MS);
    slow.network.delayMs = 20;
    await slow.pass(11 * MINUTE);
    expect(slow.engine.status().timeTrusted).toBe(true);

    const quick = started();
    await quick.pass(MINUTE);
    expect(quick.engine.status().timeTrusted).toBe(true);
    expect(Math.abs(quick.time.nowMs() - (SAMPLE_MS + MINUTE))).toBeLessThan(100);
    const { offsetMs } = quick.time.headerClock();
    expect(Math.abs(offsetMs! - 3 * HOUR)).toBeLessThan(100);
  });

  it('after a restore offers everything unreleased again, and takes the feed from the start', async () => {
    const rig = started(({ keep }) => void keep(6));
    await rig.pass(MINUTE);
    rig.platform.backUp();
    await rig.pass(11 * MINUTE);
    const late = rig.keep(4);
    const item = { itemId: sampleId(crypto, 'n'), kind: FEED_KIND.notice, expires: null, caseId: null };
    rig.platform.send({ ...item, content: utf8('notice') });
    await rig.pass(2 * MINUTE);
    expect(rig.platform.held.size).toBe(10);
    expect(rig.journal.feedCursor()).toEqual(Uint8Array.of(1));

    const kept = [...rig.platform.held.keys()].slice(0, 6);
    rig.platform.restore(sampleId(crypto, 'epoch 2'), kept);
    await rig.pass(5 * MINUTE);
    expect(rig.platform.held.size).toBe(10);
    expect(standings(rig, late)).toEqual(new Set(['held']));
    expect(rig.journal.loadTrust().epoch).toEqual(sampleId(crypto, 'epoch 2'));
    expect(rig.journal.loadTrust().formerEpochs).toEqual([rig.world.epoch]);
    expect(rig.journal.taken()).toHaveLength(1);
  });

  it('never takes a former epoch again', async () => {
    const rig = started();
    await rig.pass(MINUTE);
    const former = rig.world.epoch;
    rig.platform.restore(sampleId(crypto, 'epoch 2'), []);
    await rig.pass(5 * MINUTE);
    rig.platform.restore(former, []);
    const [entry] = rig.keep(1);
    await rig.pass(HOUR);
    expect(rig.journal.loadTrust().epoch).toEqual(sampleId(crypto, 'epoch 2'));
    expect(rig.journal.standing(entry!.header.entryId)).toBe('waiting');
    expect(rig.engine.status().trouble).toBe('hello-former-epoch');
    expect(count(rig, 'hello')).toBeLessThan(60);
  });

  it('brings newer key sets, and lets no other root in', async () => {
    const rig = started();
    await rig.pass(1_000);
    const answering = crypto.signingKey(crypto.randomBytes(32));
    const { value } = rig.world.keySet;
    rig.platform.publishKeySet({
      keys: [...value.keys, { publicKey: answering.publicKey, uses: [2], holder: null }],
    });
    rig.platform.knobs.answeringKey = answering;
    rig.keep(1);
    await rig.pass(5 * MINUTE);
    expect(rig.engine.status().owed.held).toBe(1);

    const stranger = crypto.signingKey(crypto.randomBytes(32));
    rig.platform.publishKeySet(
      { keys: [{ publicKey: stranger.publicKey, uses: [1, 2], holder: null }] },
      stranger,
    );
    rig.platform.knobs.answeringKey = stranger;
    rig.keep(1);
    await rig.pass(HOUR);
    expect(rig.engine.status().owed).toMatchObject({ waiting: 1, held: 1 });
    expect(rig.engine.status().owed.waiting).toBe(1);
  });
});

describe('before the first hello ever', () => {
  it('offers nothing and polls nothing', async () => {
    const clock = createHandClock(0);
    const probe = createRig(crypto, clock);
    const rig = createRig(crypto, clock, { ...enrolledTrust(probe.world), epoch: null });
    rigs.push(rig);
    rig.platform.knobs.refuse = (name) => (name === 'hello' ? [503, 'busy'] : undefined);
    rig.keep(1);
    rig.engine.start();
    await rig.pass(HOUR);
    expect(new Set(rig.platform.seen)).toEqual(new Set(['hello']));
    rig.platform.knobs.refuse = undefined;
    await rig.pass(6 * MINUTE);
    expect(rig.platform.held.size).toBe(1);
  });
});
