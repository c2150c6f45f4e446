import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { ALL_OPEN } from '../limits/standing.ts';
import { crash, handClock, idOf, memoryParts, openEnrolled } from '../testing/keeper-world.ts';
import { START_MS } from '../visit/testing/site.ts';
import { watchKeeper } from '../visit/testing/watched-keeper.ts';
import type { TriedEntry } from './queue.ts';
import { createUpkeepBench, REFUSED_ENTRY } from './testing/upkeep-bench.ts';

const WAITING: TriedEntry = {
  ...REFUSED_ENTRY,
  entryId: idOf('b'),
  state: 'waiting',
  outcome: null,
  trouble: 'timeout',
};
const REF = toHex(REFUSED_ENTRY.entryId);

describe('the queue', () => {
  it('is listed entry by entry, with state, tries and trouble, to caretaker and maintainer', () => {
    for (const role of ['caretaker', 'maintainer'] as const) {
      const bench = createUpkeepBench();
      bench.program.owed = [REFUSED_ENTRY, WAITING];
      bench.signIn(role);
      bench.ask({ do: 'go', to: 'queue' });
      expect(bench.page()).toMatchObject({
        kind: 'queue',
        role,
        line: { online: true, access: 'served' },
        entries: [
          { ref: REF, seq: 7, state: 'refused', outcome: 2 },
          { state: 'waiting', tries: 2, trouble: 'timeout' },
        ],
      });
    }
  });

  it('is tried at once by either; a refused entry is offered again by the maintainer alone', () => {
    const bench = createUpkeepBench();
    bench.program.owed = [REFUSED_ENTRY, WAITING];
    bench.signIn('caretaker');
    bench.ask({ do: 'go', to: 'queue' });
    expect(bench.ask({ do: 'try-now' })).toEqual({ ok: true });
    expect(bench.program.triedNow).toBe(1);
    const again = { do: 'offer-again', entry: REF } as const;
    expect(bench.ask(again)).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });

    bench.signIn('maintainer');
    expect(bench.ask({ do: 'try-now' })).toMatchObject({ ok: false });
    bench.ask({ do: 'go', to: 'queue' });
    expect(bench.ask(again)).toEqual({ ok: true });
    expect(bench.program.triedNow).toBe(2);
    expect(bench.ask({ do: 'offer-again', entry: toHex(idOf('b')) })).toMatchObject({ ok: false });
  });

  it('has a new signing key asked for by the maintainer alone, once at a time', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    bench.ask({ do: 'go', to: 'queue' });
    expect(bench.page()).toMatchObject({ newKey: null });
    expect(bench.ask({ do: 'renew-key' })).toMatchObject({ ok: false });
    bench.act({ type: 'leave' });
    bench.signIn('maintainer');
    bench.ask({ do: 'go', to: 'queue' });
    expect(bench.page()).toMatchObject({ newKey: 'possible' });
    expect(bench.ask({ do: 'renew-key' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ newKey: 'asking' });
    expect(bench.ask({ do: 'renew-key' })).toMatchObject({ ok: false });
  });

  it('warns of what is short before it stops anything, on the first page of both', () => {
    const bench = createUpkeepBench();
    bench.world.standing = { ...ALL_OPEN, warns: new Set(['contact', 'disk']), stops: new Set(['disk']) };
    const limits = [
      { code: 'disk', stops: true },
      { code: 'contact', stops: false },
    ];
    bench.signIn('caretaker');
    expect(bench.page()).toMatchObject({ kind: 'caretaker', limits });
    bench.act({ type: 'leave' });
    bench.signIn('maintainer');
    expect(bench.page()).toMatchObject({ kind: 'devices', limits });
  });

  it('says to the maintainer alone that the disk lost something by itself', () => {
    const parts = memoryParts({ clock: handClock(START_MS) });
    const opened = openEnrolled(parts);
    opened.healings.add(2, START_MS - 1_000);
    opened.healings.add(1, START_MS);
    crash(parts);
    const bench = createUpkeepBench({ keeper: watchKeeper(parts) });
    bench.signIn('caretaker');
    bench.ask({ do: 'go', to: 'devices' });
    expect(bench.page()).toMatchObject({ kind: 'devices', healed: null });
    bench.act({ type: 'leave' });
    bench.signIn('maintainer');
    const healed = { pieces: 3, sinceMs: START_MS - 1_000, lastMs: START_MS };
    expect(bench.page()).toMatchObject({ kind: 'devices', healed });
  });
});
