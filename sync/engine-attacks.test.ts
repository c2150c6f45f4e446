import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { concat } from '../base/bytes.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { EndpointName } from './contract.ts';
import { OUTCOME, receiptFormat, releaseFormat } from './formats/answers.ts';
import type { Entry } from './formats/entry.ts';
import { FEED_KIND, pageFormat } from './formats/feed.ts';
import { keyId } from './formats/keys.ts';
import { type BatchAnswer, makeBatchAnswer, parseBatchAnswer } from './formats/messages.ts';
import { SAMPLE_MS, sample32, sampleEntry, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

/** Whatever comes back that is not the platform's word for this terminal, in this epoch: nothing counts. */
const crypto = createCrypto();
const world = sampleWorld(crypto);
const MINUTE = 60_000;

let rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.engine.stop();
  rigs = [];
});

/** A rig with four entries to deliver, `ms` after the engine was started among what `arrange` arranged. */
async function attacked(arrange: (rig: Rig, own: readonly Entry[]) => void, ms = 20 * MINUTE): Promise<Rig> {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS));
  rigs.push(rig);
  arrange(rig, rig.keep(4));
  rig.engine.start();
  await rig.pass(ms);
  return rig;
}

/** Changes the answer to a batch on its way. */
function tamperAnswers(rig: Rig, change: (answer: BatchAnswer) => Partial<BatchAnswer>): void {
  rig.platform.knobs.tamper = (name, body) => {
    const answer = name === 'entries' ? parseBatchAnswer(body) : undefined;
    return answer?.ok ? makeBatchAnswer({ ...answer.value, ...change(answer.value) }) : body;
  };
}

function expectNothingDelivered(rig: Rig): void {
  expect(rig.platform.held.size).toBeGreaterThan(0);
  expect(rig.journal.countOwed(basisOf(rig))).toEqual({ waiting: 4, held: 0, refused: 0 });
  for (const { header } of rig.platform.held.values()) {
    expect(rig.journal.bodyOf(header.entryId)).not.toBeNull();
  }
}

function basisOf(rig: Rig) {
  const { epoch } = rig.journal.loadTrust();
  return epoch && { epoch, keySetNumber: 1 };
}

const flip = (bytes: Uint8Array, at: number, change = 1) => {
  const index = at % bytes.length;
  return bytes.with(index, bytes[index]! ^ change);
};

describe('an answer that is not the platform’s', () => {
  it('delivers nothing: cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        const rig = await attacked(({ platform }) => {
          platform.knobs.tamper = (name, body) =>
            name === 'entries' ? body.subarray(0, at % body.length) : body;
        }, MINUTE);
        expectNothingDelivered(rig);
      }),
      { numRuns: 10 },
    );
  });

  it('delivers nothing: any byte of any receipt changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const rig = await attacked((attackedRig) => {
          tamperAnswers(attackedRig, ({ receipts }) => ({
            receipts: receipts.map((one) => flip(one, at, change)),
          }));
        }, MINUTE);
        expectNothingDelivered(rig);
      }),
      { numRuns: 15 },
    );
  });

  const heads: [string, Partial<ReturnType<typeof sampleHead>>][] = [
    ['for another terminal', { terminalId: sampleId(crypto, 'other') }],
    ['of another platform', { platformId: sampleId(crypto, 'other') }],
    ['of another epoch', { epoch: sampleId(crypto, 'other') }],
    ['by a key it does not name', { signKeyId: keyId(crypto, world.certifying.publicKey) }],
  ];
  it.each(heads)('delivers nothing: %s', async (_name, head) => {
    const rig = await attacked(({ platform }) => {
      const { handle } = platform;
      // The hello stays honest, or there would be no epoch to be wrong in.
      platform.handle = (request) => {
        platform.knobs.head = request.url.endsWith('/v1/hello') ? {} : head;
        return handle(request);
      };
    });
    expectNothingDelivered(rig);
    expect(rig.platform.seen.length).toBeLessThan(400);
  });

  it.each(['certifying', 'ordering', 'root'] as const)(
    'delivers nothing: signed by the %s key',
    async (name) => {
      const rig = await attacked(({ platform }) => {
        const { handle } = platform;
        platform.handle = (request) => {
          const isHello = request.url.endsWith('/v1/hello');
          platform.knobs.answeringKey = isHello ? world.answering : world[name];
          return handle(request);
        };
      });
      expectNothingDelivered(rig);
    },
  );

  it('delivers nothing: a release in a receipt’s place, and a receipt in a release’s', async () => {
    const rig = await attacked((attackedRig) => {
      const { platform } = attackedRig;
      tamperAnswers(attackedRig, ({ receipts, releases }) => {
        platform.backUp();
        return { receipts: releases, releases: receipts };
      });
    });
    expectNothingDelivered(rig);
  });

  it('delivers nothing: receipts for entries of the same place with another hash, id or seq', async () => {
    const wrongs = [{ entryHash: sample32(crypto, 'x') }, { entryId: sampleId(crypto, 'x') }, { seq: 5 }];
    for (const wrong of [...wrongs, undefined]) {
      const rig = await attacked((attackedRig, [first]) => {
        tamperAnswers(attackedRig, () => ({ receipts: [receiptOf(first!, wrong)] }));
      });
      if (wrong) expectNothingDelivered(rig);
      else expect(rig.journal.countOwed(basisOf(rig))).toEqual({ waiting: 3, held: 1, refused: 0 });
    }
  });

  function receiptOf(entry: Entry, wrong: object = {}): Uint8Array {
    const { seq, entryId } = entry.header;
    const item = { seq, entryId, entryHash: entry.entryHash, outcome: OUTCOME.held };
    const { journalId } = world;
    return receiptFormat.make(world.answering, {
      ...sampleHead(crypto, world),
      journalId,
      items: [{ ...item, ...wrong }],
    });
  }

  it('erases nothing: releases of a clone, of another journal, beyond the head or backwards', async () => {
    const clone = sampleEntry(crypto, world, { wallMs: SAMPLE_MS + 1 });
    const rig = await attacked((attackedRig, entries) => {
      const own = entries.at(-1);
      const { journalId } = world;
      const release = (ranges: object[], of = journalId) =>
        releaseFormat.make(world.answering, {
          ...sampleHead(crypto, world),
          journalId: of,
          ranges: ranges as never,
        });
      const forged = [
        release([{ from: 1, to: 1, hashAtTo: clone.entryHash }]),
        release([{ from: 1, to: 4, hashAtTo: own!.entryHash }], sampleId(crypto, 'other journal')),
        release([{ from: 1, to: 5, hashAtTo: own!.entryHash }]),
        release([{ from: 5, to: 4, hashAtTo: own!.entryHash }]),
        release([{ from: 1, to: 3, hashAtTo: own!.entryHash }]),
      ];
      tamperAnswers(attackedRig, () => ({ releases: forged }));
    });
    expect(rig.journal.countOwed(basisOf(rig))).toEqual({ waiting: 0, held: 4, refused: 0 });
    expect(rig.events.filter((event) => event.kind === 'foreign').length).toBeGreaterThan(0);
  });

  it('counts nothing twice, and a refusal said after it does not undo "held"', async () => {
    const answers: Uint8Array[] = [];
    const rig = await attacked((attackedRig, [first]) => {
      tamperAnswers(attackedRig, ({ receipts }) => {
        answers.push(...receipts);
        const refusals = [receiptOf(first!, { outcome: OUTCOME.unopenable })];
        return { receipts: [...answers, ...answers, ...refusals] };
      });
    });
    expect(rig.journal.countOwed(basisOf(rig))).toEqual({ waiting: 0, held: 4, refused: 0 });
  });

  it('of the epoch before, said again after a restore, delivers nothing', async () => {
    let recorded: Uint8Array[] = [];
    const rig = await attacked((attackedRig) => {
      tamperAnswers(attackedRig, (answer) => {
        if (recorded.length === 0) recorded = [...answer.receipts];
        return {};
      });
    }, MINUTE);
    rig.platform.restore(sampleId(crypto, 'epoch 2'), []);
    tamperAnswers(rig, () => ({ receipts: recorded }));
    await rig.pass(20 * MINUTE);
    expectNothingDelivered(rig);
  });
});

describe('a feed', () => {
  const item = (name: string) => ({
    itemId: sampleId(crypto, name),
    kind: FEED_KIND.notice,
    expires: null,
    caseId: null,
    content: sample32(crypto, name),
  });
  const send = (rig: Rig) => {
    for (const name of ['one', 'two']) rig.platform.send(item(name));
  };
  const tamperFeed = (rig: Rig, change: (body: Uint8Array) => Uint8Array) => {
    rig.platform.knobs.tamper = (name: EndpointName, body) => (name === 'feed' ? change(body) : body);
  };

  it('takes no page that is cut, changed or prolonged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 2 }), async (at, way) => {
        const rig = await attacked((attackedRig) => {
          send(attackedRig);
          tamperFeed(attackedRig, (body) => {
            if (way === 0) return body.subarray(0, at % body.length);
            return way === 1 ? flip(body, at) : concat(body, Uint8Array.of(0));
          });
        }, MINUTE);
        expect(rig.journal.taken()).toEqual([]);
        expect(rig.journal.feedCursor()).toHaveLength(0);
      }),
      { numRuns: 10 },
    );
  });

  it('takes no page that follows another cursor, and none twice', async () => {
    const pages: Uint8Array[] = [];
    const rig = await attacked((attackedRig) => {
      send(attackedRig);
      tamperFeed(attackedRig, (body) => {
        pages.push(body);
        return pages[0]!;
      });
    });
    expect(rig.journal.taken()).toHaveLength(2);
    const last = pageFormat.parse(pages.at(-1)!);
    expect(last.ok && last.value.value.after).toEqual(Uint8Array.of(2));
    expect(rig.journal.feedCursor()).toEqual(Uint8Array.of(2));
  });

  it('goes on when the lie is over', async () => {
    const rig = await attacked((attackedRig) => {
      send(attackedRig);
      tamperFeed(attackedRig, (body) => flip(body, 200));
    });
    rig.platform.knobs.tamper = undefined;
    await rig.pass(6 * MINUTE);
    expect(rig.journal.taken()).toHaveLength(2);
  });
});

describe('a hello', () => {
  it('recorded and said again moves neither epoch nor clock', async () => {
    let recorded: Uint8Array | undefined;
    const rig = await attacked(({ platform }) => {
      platform.knobs.tamper = (name, body) => {
        if (name === 'hello') recorded ??= body;
        return body;
      };
    }, MINUTE);
    const before = rig.time.headerClock().offsetMs;
    rig.clock.step(0);
    rig.platform.restore(sampleId(crypto, 'epoch 2'), []);
    rig.platform.knobs.tamper = (name, body) => (name === 'hello' ? recorded! : body);
    await rig.pass(20 * MINUTE);
    expect(rig.journal.loadTrust().epoch).toEqual(world.epoch);
    expect(rig.time.headerClock().offsetMs).toBe(before);
    expect(rig.engine.status().trouble).toMatch(/wrong-nonce|wrong-epoch/);
  });
});
