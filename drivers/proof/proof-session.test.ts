import { describe, expect, test } from 'vitest';
import { err, ok } from '../../base/result.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import type { ProofEvent, ProofMethod, ProofOrder } from './api.ts';
import type { LoadProof, ProofModule } from './module.ts';
import { MOST_GUESSES, PROOF_DELAYS } from './proof-delays.ts';
import { startProofSession } from './proof-session.ts';

const NEVER = new Promise<never>(() => {});
const SENT = { maskedPhone: '139****0000', digits: 6 };

const orderOf = (method: ProofMethod): ProofOrder => ({
  proofId: 'ab'.repeat(16),
  method,
  person: { name: '样板', number: '11010519491231002X', photo: new Uint8Array(1024).fill(7) },
});

/** A module that is well unless a test says otherwise. */
function moduleOf(does: Partial<ProofModule> = {}): ProofModule {
  return {
    check: async () => ({ methods: ['face', 'phone-code'] }),
    prove: async () => ({ outcome: 'proved' }),
    close: async () => {},
    ...does,
  };
}

function setUp(load: LoadProof, methods: readonly ProofMethod[] = ['face', 'phone-code']) {
  const clock = virtualClock();
  const statuses: string[] = [];
  const session = startProofSession({
    load,
    methods,
    clock,
    onStatus: (state, reason, can) => statuses.push([reason ?? state, ...can].join(' ')),
  });
  /** Begins a proof; `told` fills while the clock passes. */
  const prove = (method: ProofMethod, signal?: AbortSignal) => {
    const order = orderOf(method);
    const told: ProofEvent[] = [];
    void (async () => {
      for await (const event of session.prove(order, signal)) told.push(event);
    })();
    return { order, told };
  };
  return { clock, statuses, session, prove };
}

const setUpModule = (does: Partial<ProofModule> = {}) => setUp(async () => ok(moduleOf(does)));
const ended = (outcome: string, reason?: string) => ({
  type: 'ended',
  end: reason === undefined ? { outcome } : { outcome, reason },
});

describe('what it says of itself', () => {
  test('what works is what the module and the cabinet both have', async () => {
    const { clock, statuses } = setUp(async () => ok(moduleOf()), ['phone-code']);
    await clock.pass(0);
    expect(statuses).toEqual(['starting', 'ok phone-code']);
  });

  test.each([
    [err('driver-missing' as const), 'driver-missing'],
    [err('not-answering' as const), 'not-answering'],
  ])('not loaded is said, and it is tried again (%#)', async (loaded, reason) => {
    let isThere = false;
    const { clock, statuses } = setUp(async () => (isThere ? ok(moduleOf()) : loaded));
    await clock.pass(0);
    expect(statuses.at(-1)).toBe(reason);
    isThere = true;
    await clock.pass(PROOF_DELAYS.reopenMs);
    expect(statuses.at(-1)).toBe('ok face phone-code');
  });

  test('a module that does not open in time is a fault; brought late it is closed again', async () => {
    let closed = 0;
    let bring = (_module: ProofModule) => {};
    let loads = 0;
    const { clock, statuses } = setUp(() => {
      loads += 1;
      return loads > 1
        ? NEVER
        : new Promise((resolve) => {
            bring = (module) => resolve(ok(module));
          });
    });
    await clock.pass(PROOF_DELAYS.openMs);
    expect(statuses.at(-1)).toBe('not-answering');
    bring(
      moduleOf({
        close: async () => {
          closed += 1;
        },
      }),
    );
    await clock.pass(0);
    expect([closed, statuses.at(-1)]).toEqual([1, 'not-answering']);
  });

  test.each([
    ['nothing works', async () => ({ methods: [] }), 'off-line'],
    ['unplugged', async () => ({ methods: [], reason: 'port-closed' as const }), 'port-closed'],
    ['no licence', async () => ({ methods: [], reason: 'not-authorised' as const }), 'not-authorised'],
    ['it hangs', () => NEVER, 'not-answering'],
    [
      'it throws',
      () => {
        throw new Error('no');
      },
      'not-answering',
    ],
    ['it talks nonsense', async () => ({ methods: ['iris'] }) as never, 'not-answering'],
  ])('%s', async (_what, check, reason) => {
    const { clock, statuses } = setUpModule({ check });
    await clock.pass(PROOF_DELAYS.answerMs);
    expect(statuses.at(-1)).toBe(reason);
  });

  test('one that hangs is let go of and opened anew', async () => {
    let closed = 0;
    let opened = 0;
    const { clock, statuses } = setUp(async () => {
      opened += 1;
      const hangs = opened === 1;
      return ok(
        moduleOf({
          check: hangs ? () => NEVER : moduleOf().check,
          close: async () => {
            closed += 1;
          },
        }),
      );
    });
    await clock.pass(PROOF_DELAYS.answerMs + PROOF_DELAYS.reopenMs);
    expect([opened, closed, statuses.at(-1)]).toEqual([2, 1, 'ok face phone-code']);
  });
});

describe('a proof', () => {
  test('by face: what is said on the way, and the end; the photo is overwritten', async () => {
    const { clock, statuses, prove } = setUpModule({
      async prove({ person }, { say }) {
        expect(person.photo[0]).toBe(7);
        say('look-at-camera');
        say('comparing');
        return { outcome: 'proved' };
      },
    });
    await clock.pass(0);
    const { told, order } = prove('face');
    await clock.pass(0);
    expect(told).toEqual([
      { type: 'prompt', prompt: 'look-at-camera' },
      { type: 'prompt', prompt: 'comparing' },
      ended('proved'),
    ]);
    expect(new Set(order.person.photo)).toEqual(new Set([0]));
    expect(statuses).toEqual([
      'starting',
      'ok face phone-code',
      'busy face phone-code',
      'ok face phone-code',
    ]);
  });

  /** A module whose code is 246810. */
  const byCode: ProofModule['prove'] = async (_order, { askCode }) => {
    while ((await askCode(SENT)) !== '246810');
    return { outcome: 'proved' };
  };

  test('by code: a wrong guess is said, the right one proves', async () => {
    const { clock, session, prove } = setUpModule({ prove: byCode });
    await clock.pass(0);
    const { told, order } = prove('phone-code');
    await clock.pass(0);
    session.answer(order.proofId, '111111');
    await clock.pass(0);
    session.answer('cd'.repeat(16), '246810');
    await clock.pass(0);
    expect(told).toEqual([
      { type: 'code-sent', ...SENT, guessesLeft: MOST_GUESSES },
      { type: 'wrong-code', guessesLeft: MOST_GUESSES - 1 },
    ]);
    session.answer(order.proofId, '246810');
    await clock.pass(0);
    expect(told.at(-1)).toEqual(ended('proved'));
  });

  test('guesses are counted here, whatever the module would allow', async () => {
    const { clock, session, prove, statuses } = setUpModule({ prove: byCode });
    await clock.pass(0);
    const { told, order } = prove('phone-code');
    await clock.pass(0);
    for (let guess = 0; guess < MOST_GUESSES; guess += 1) {
      session.answer(order.proofId, '000000');
      await clock.pass(0);
    }
    session.answer(order.proofId, '246810');
    await clock.pass(0);
    expect(told.at(-1)).toEqual(ended('not-proved', 'wrong-code'));
    expect(told.filter(({ type }) => type === 'ended')).toHaveLength(1);
    expect(statuses.at(-1)).toBe('ok face phone-code');
  });

  test('two guesses at once are one', async () => {
    const { clock, session, prove } = setUpModule({ prove: byCode });
    await clock.pass(0);
    const { told, order } = prove('phone-code');
    await clock.pass(0);
    session.answer(order.proofId, '000000');
    session.answer(order.proofId, '246810');
    await clock.pass(0);
    expect(told.at(-1)).toEqual({ type: 'wrong-code', guessesLeft: MOST_GUESSES - 1 });
  });

  test('nobody types: it ends, and the module is told to stop', async () => {
    const { clock, prove, statuses } = setUpModule({ prove: byCode });
    await clock.pass(0);
    const { told } = prove('phone-code');
    await clock.pass(PROOF_DELAYS.codeMs);
    expect(told.at(-1)).toEqual(ended('not-proved', 'timed-out'));
    await clock.pass(0);
    expect(statuses.at(-1)).toBe('ok face phone-code');
  });

  test('hanging up cancels it, and the next proof begins once the module has stopped', async () => {
    const line = new AbortController();
    let isStopped = false;
    const { clock, prove } = setUpModule({
      prove: (_order, { signal }) =>
        isStopped
          ? Promise.resolve({ outcome: 'proved' })
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                clock.after(1_000, () => {
                  isStopped = true;
                  reject(new Error('stopped'));
                });
              });
            }),
    });
    await clock.pass(0);
    const first = prove('face', line.signal);
    await clock.pass(10);
    line.abort();
    await clock.pass(10);
    expect(first.told).toEqual([ended('cancelled')]);
    const next = prove('face');
    await clock.pass(500);
    expect(next.told).toEqual([]);
    await clock.pass(500);
    expect(next.told).toEqual([ended('proved')]);
  });

  test('one at a time: a second is told so, and the first goes on', async () => {
    const { clock, prove, session } = setUpModule({ prove: byCode });
    await clock.pass(0);
    const first = prove('phone-code');
    await clock.pass(0);
    const second = prove('face');
    await clock.pass(0);
    expect(second.told).toEqual([ended('unavailable')]);
    expect(new Set(second.order.person.photo)).toEqual(new Set([0]));
    session.answer(first.order.proofId, '246810');
    await clock.pass(0);
    expect(first.told.at(-1)).toEqual(ended('proved'));
  });

  const faults: readonly (readonly [string, ProofModule['prove']])[] = [
    ['hangs', () => NEVER],
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['hands back what is no verdict', async () => ({ outcome: 'perhaps' }) as never],
    [
      'prompts what nobody knows',
      (_order, { say }) => {
        say('smile' as never);
        return NEVER;
      },
    ],
    [
      'shows a number that could be dialled',
      (_order, { askCode }) => askCode({ maskedPhone: '13900000000', digits: 6 }) as never,
    ],
    [
      'asks twice at once',
      (_order, { askCode }) => {
        void askCode(SENT).catch(() => {});
        return askCode(SENT) as never;
      },
    ],
    ['says proved of a code nobody typed', async () => ({ outcome: 'proved' })],
  ];

  test.each(faults)('a module that %s: unavailable, a fault, and opened anew', async (_what, does) => {
    const { clock, prove, statuses } = setUpModule({ prove: does });
    await clock.pass(0);
    const { told, order } = prove('phone-code');
    await clock.pass(PROOF_DELAYS.silenceMs + PROOF_DELAYS.closeMs);
    expect(told.at(-1)).toEqual(ended('unavailable'));
    expect(new Set(order.person.photo)).toEqual(new Set([0]));
    expect(statuses).toContain('not-answering');
    await clock.pass(PROOF_DELAYS.reopenMs);
    expect(statuses.at(-1)).toBe('ok face phone-code');
  });

  test('a question asked before a proof, and never answered, is no fault once another was', async () => {
    let asked = 0;
    const { clock, prove, statuses } = setUpModule({
      check: () => {
        asked += 1;
        return asked === 2 ? NEVER : Promise.resolve({ methods: ['face'] });
      },
    });
    await clock.pass(PROOF_DELAYS.checkMs);
    expect(asked).toBe(2);
    const { told } = prove('face');
    await clock.pass(PROOF_DELAYS.answerMs);
    expect(told).toEqual([ended('proved')]);
    expect(statuses).not.toContain('not-answering');
    expect(asked).toBeGreaterThan(3);
  });

  test('a method the cabinet does not offer is not begun', async () => {
    const { clock, prove } = setUp(async () => ok(moduleOf()), ['phone-code']);
    await clock.pass(0);
    const { told } = prove('face');
    await clock.pass(0);
    expect(told).toEqual([ended('unavailable')]);
  });

  test('stopped: it ends, the module is closed, and nothing is said any more', async () => {
    let closed = 0;
    const { clock, prove, session, statuses } = setUpModule({
      prove: byCode,
      close: async () => {
        closed += 1;
      },
    });
    await clock.pass(0);
    const { told } = prove('phone-code');
    await clock.pass(0);
    session.stop();
    const before = statuses.length;
    await clock.pass(600_000);
    expect([told.at(-1), closed, statuses.length]).toEqual([ended('cancelled'), 1, before]);
  });
});
