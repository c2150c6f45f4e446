import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressStatusSchema } from '../../sync/contents.ts';
import {
  type CaseAction,
  type CaseStatus,
  type EntryAction,
  insteadOf,
  isClosed,
  MOVES,
  move,
  STAFF_ACTIONS,
} from './machine.ts';

/** Money came or went back, whatever staff did with the case meanwhile: what is written of the payment keeps these in order. */
const FACTS: ReadonlySet<CaseAction> = new Set([
  ...(['take-payment', 'post-payment', 'close-payment', 'refund-payment'] as const),
]);
const ACTIONS = (Object.keys(MOVES) as CaseAction[]).filter(
  (action) => action !== 'receive' && !FACTS.has(action),
);

/** Who wins when two acts cross: the one that reached the platform first, then the other, and where the case then stands. */
const CROSSINGS: readonly (readonly [first: CaseAction, second: CaseAction, stands: CaseStatus])[] = [
  ['finish', 'withdraw', 'finished'],
  ['refuse', 'withdraw', 'refused'],
  ['withdraw', 'finish', 'withdrawn'],
  ['withdraw', 'refuse', 'withdrawn'],
  ['withdraw', 'accept', 'withdrawn'],
  ['withdraw', 'ask-supplement', 'withdrawn'],
  ['withdraw', 'supplement', 'withdrawn'],
  ['ask-supplement', 'withdraw', 'withdrawn'],
  ['finish', 'supplement', 'finished'],
  ['refuse', 'supplement', 'refused'],
  ['finish', 'collect', 'finished'],
  // What nobody asked for, or not any more, is attached.
  ['forward', 'supplement', 'accepted'],
];

describe('acts that cross', () => {
  it.each(CROSSINGS)('%s, then %s: %s', (first, second, stands) => {
    const act = (status: CaseStatus, action: CaseAction) =>
      move({ status, frozen: false }, action as Exclude<CaseAction, 'receive'>, 'words');
    const after = act('accepted', first);
    if (!after.ok) throw new Error(`${first} from accepted`);
    const then = act(after.value, second);
    const late = then.ok ? undefined : insteadOf(second as EntryAction, after.value);
    const noted = late && act(after.value, late);
    // A person's act always comes to something, a desk's may be refused to its face.
    if (!STAFF_ACTIONS.includes(second as never)) expect(then.ok || noted?.ok).toBe(true);
    expect(then.ok ? then.value : noted?.ok ? noted.value : after.value).toBe(stands);
  });
});

describe('the case machine', () => {
  it('goes from received to finished by way of a supplement', () => {
    let status: CaseStatus = 'received';
    const path = ['accept', 'ask-supplement', 'supplement', 'accept', 'finish'] as const;
    for (const action of path) {
      const moved = move({ status, frozen: false }, action, '请补户口本');
      if (!moved.ok) throw new Error(`${action} from ${status}`);
      status = moved.value;
    }
    expect(status).toBe('finished');
  });

  it('never finishes what was not accepted, and moves nothing that is closed', () => {
    const histories = fc.array(fc.constantFrom(...ACTIONS), { maxLength: 12 });
    fc.assert(
      fc.property(histories, (actions) => {
        let status: CaseStatus = 'received';
        let accepted = false;
        for (const action of actions) {
          const moved = move({ status, frozen: false }, action as Exclude<CaseAction, 'receive'>, 'words');
          if (!moved.ok) continue;
          if (isClosed(status)) expect(moved.value).toBe(status);
          if (moved.value === 'accepted') accepted = true;
          if (moved.value === 'finished') expect(accepted).toBe(true);
          status = moved.value;
        }
      }),
    );
  });

  it('stops a frozen case for staff but for refusing it and setting it free', () => {
    const free = STAFF_ACTIONS.filter((action) => move({ status: 'accepted', frozen: true }, action, 'x').ok);
    expect(free).toEqual(['refuse', 'unfreeze']);
    expect(move({ status: 'accepted', frozen: false }, 'unfreeze', 'x').ok).toBe(false);
  });

  it('asks for words where the villager must be told why', () => {
    const at = { status: 'received', frozen: false } as const;
    for (const action of ['refuse', 'ask-supplement'] as const) {
      expect(move(at, action, ' ')).toEqual({ ok: false, error: { code: 'words-missing' } });
    }
    expect(move(at, 'accept', '').ok).toBe(true);
  });

  it('tells only what a terminal knows', () => {
    for (const { tells } of Object.values(MOVES)) {
      if (tells !== null && tells !== 'standing')
        expect(progressStatusSchema.safeParse(tells).success).toBe(true);
    }
  });
});
