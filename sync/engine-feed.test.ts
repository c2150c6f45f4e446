import { afterEach, describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { OUTCOME } from './formats/answers.ts';
import { FEED_KIND, orderFormat } from './formats/feed.ts';
import { keyId } from './formats/keys.ts';
import { SAMPLE_MS, sampleId } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

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

describe('the feed', () => {
  const notice = (name: string) => ({
    itemId: sampleId(crypto, name),
    kind: FEED_KIND.notice,
    expires: null,
    caseId: null,
    content: utf8(name.repeat(20)),
  });

  it('brings items in order, once each, soon', async () => {
    const rig = started();
    for (const name of ['one', 'two', 'three']) {
      rig.platform.send(notice(name));
      rig.platform.send(notice('one'));
      await rig.pass(30_000);
    }
    expect(rig.journal.taken().map(({ itemId }) => toHex(itemId))).toEqual(
      ['one', 'two', 'three'].map((name) => toHex(sampleId(crypto, name))),
    );
    expect(count(rig, 'feed')).toBeLessThan(12);
  });

  it('abandons a refused entry by order of a key with use 4, and no other', async () => {
    const rig = started(({ platform }) => {
      platform.knobs.judge = ({ header }) => (header.seq === 1 ? undefined : OUTCOME.unopenable);
    });
    const [kept, refused] = rig.keep(2);
    rig.engine.nudge('new-entry');
    await rig.pass(5_000);
    const order = (name: string, signer = rig.world.ordering, of = refused!) => ({
      ...notice(name),
      kind: FEED_KIND.abandon,
      content: orderFormat.make(signer, {
        v: 1,
        suite: 1,
        platformId: rig.world.platformId,
        orderKeyId: keyId(crypto, signer.publicKey),
        orderId: sampleId(crypto, name),
        terminalId: rig.world.terminalId,
        journalId: rig.world.journalId,
        seq: of.header.seq,
        entryHash: of.entryHash,
        reason: '示例',
        at: SAMPLE_MS,
      }),
    });
    rig.platform.send(order('by the answering key', rig.world.answering));
    rig.platform.send(order('of a held entry', rig.world.ordering, kept!));
    rig.platform.send({ ...order('broken'), content: utf8('broken') });
    await rig.pass(MINUTE);
    expect(rig.journal.taken()).toHaveLength(3);
    expect(standings(rig, [refused!])).toEqual(new Set(['refused']));
    expect(standings(rig, [kept!])).toEqual(new Set(['held']));
    rig.platform.send(order('right'));
    await rig.pass(MINUTE);
    expect(standings(rig, [refused!])).toEqual(new Set(['closed']));
    expect(standings(rig, [kept!])).toEqual(new Set(['held']));
  });

  it('fetches the key an order is signed by before it passes the order over', async () => {
    const rig = started(({ platform }) => {
      platform.knobs.judge = () => OUTCOME.unopenable;
    });
    const [refused] = rig.keep(1);
    rig.engine.nudge('new-entry');
    await rig.pass(5_000);
    const signer = crypto.signingKey(crypto.randomBytes(32));
    const { value } = rig.world.keySet;
    rig.platform.publishKeySet({
      keys: [...value.keys, { publicKey: signer.publicKey, uses: [4], holder: '李某' }],
    });
    rig.platform.knobs.refuse = (name) => (name === 'keySets' ? [503, 'busy'] : undefined);
    rig.platform.send({
      ...notice('abandon'),
      kind: FEED_KIND.abandon,
      content: orderFormat.make(signer, {
        ...{ v: 1, suite: 1, platformId: rig.world.platformId, orderKeyId: keyId(crypto, signer.publicKey) },
        ...{ orderId: sampleId(crypto, 'abandon'), terminalId: rig.world.terminalId },
        ...{ journalId: rig.world.journalId, seq: refused!.header.seq, entryHash: refused!.entryHash },
        ...{ reason: '示例', at: SAMPLE_MS },
      }),
    });
    await rig.pass(10_000);
    expect(rig.journal.taken()).toHaveLength(0);
    rig.platform.knobs.refuse = undefined;
    await rig.pass(2 * MINUTE);
    expect(rig.journal.taken()).toHaveLength(1);
    expect(standings(rig, [refused!])).toEqual(new Set(['closed']));
  });

  it('asks for releases at once when told to sync', async () => {
    const rig = started(({ keep }) => void keep(3));
    await rig.pass(MINUTE);
    rig.platform.backUp();
    rig.platform.send({ ...notice('now'), kind: FEED_KIND.syncNow });
    await rig.pass(30_000);
    expect(rig.journal.owedHeads()).toEqual([]);
  });

  it('offers the first entry of a new journal at once, and not at its next idle look', async () => {
    const rig = started();
    await rig.pass(2 * MINUTE);
    // As the journal does it: what the page asks for is there when the page was applied.
    const applyPage = rig.journal.applyPage.bind(rig.journal);
    let first: ReturnType<Rig['keep']> = [];
    rig.journal.applyPage = (page) => {
      first = rig.keep(1);
      return applyPage(page);
    };
    rig.platform.send({ ...notice('new'), kind: FEED_KIND.newJournal });
    await rig.pass(30_000);
    expect(standings(rig, first)).toEqual(new Set(['held']));
  });

  it('does not storm a platform that holds no poll open', async () => {
    const rig = started();
    rig.network.holdsPolls = false;
    await rig.pass(10 * MINUTE);
    expect(count(rig, 'feed')).toBeLessThan((10 * MINUTE) / 2_000 + 10);
  });
});
