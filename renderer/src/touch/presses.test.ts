import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGAIN_MS, createPresses, findMeant, PALM_MM, SAME_PLACE_MM, SLIP_MM } from './presses.ts';

function bench(isSteady = false) {
  const pressed: string[] = [];
  const dropped: number[] = [];
  let nowMs = 0;
  const presses = createPresses<string>({
    press: (key) => pressed.push(key),
    drop: (_key, id) => dropped.push(id),
    monoMs: () => nowMs,
    isSteady: () => isSteady,
  });
  const at = (xMm: number, yMm = 0) => ({ xMm, yMm });
  const land = (id: number, key: string, widthMm = 9) => presses.land({ id, key, widthMm, at: at(0) });
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { presses, pressed, dropped, at, land, wait };
}

describe('a touch', () => {
  it('presses when it lifts, however long it lay', () => {
    const { presses, pressed, at, land, wait } = bench();
    land(1, 'next');
    wait(60_000);
    expect(pressed).toEqual([]);
    presses.lift(1, at(0), undefined);
    presses.lift(1, at(0), undefined);
    expect(pressed).toEqual(['next']);
  });

  it('may slip off its key a little, and anywhere on it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60, noNaN: true }), fc.boolean(), (slipMm, isOver) => {
        const { presses, pressed, dropped, at, land } = bench();
        land(1, 'next');
        presses.lift(1, at(slipMm * 0.6, slipMm * 0.8), isOver ? 'next' : 'back');
        const counts = isOver || slipMm <= SLIP_MM + 1e-9;
        if (Math.abs(slipMm - SLIP_MM) < 1e-6) return;
        expect([pressed, dropped]).toEqual(counts ? [['next'], []] : [[], [1]]);
      }),
    );
  });

  it('of a palm presses nothing, and does not keep a finger from pressing', () => {
    const { presses, pressed, at, land } = bench();
    expect(land(1, 'back', PALM_MM + 1)).toBe(false);
    land(2, 'next');
    presses.lift(2, at(0), undefined);
    presses.lift(1, at(0), undefined);
    expect(pressed).toEqual(['next']);
  });

  it('that leaned on the glass before another pressed presses nothing; typing with two thumbs goes on', () => {
    const { presses, pressed, dropped, at, land } = bench();
    land(1, 'leave');
    land(2, 'next');
    presses.lift(2, at(0), undefined);
    presses.lift(1, at(0), undefined);
    expect([pressed, dropped]).toEqual([['next'], [1]]);
    land(3, '1');
    land(4, '2');
    presses.lift(3, at(0), undefined);
    presses.lift(4, at(0), undefined);
    expect(pressed).toEqual(['next', '1', '2']);
  });

  it('of a whole hand presses nothing, and a finger that comes after it does', () => {
    const { presses, pressed, at, land } = bench();
    land(1, 'a');
    land(2, 'b');
    expect(land(3, 'c')).toBe(false);
    land(4, 'next');
    presses.lift(4, at(0), undefined);
    for (const id of [1, 2, 3]) presses.lift(id, at(0), undefined);
    expect(pressed).toEqual(['next']);
  });

  it('that the browser took away presses nothing', () => {
    const { presses, pressed, at, land } = bench();
    land(1, 'next');
    presses.lose(1);
    presses.lift(1, at(0), undefined);
    expect(pressed).toEqual([]);
  });

  it.each([
    [true, ['7', '7', '8', '9']],
    [false, ['7', '7', '7', '7', '8', 'x', '9']],
  ])(
    'of a steadied hand (%s) counts once for a key, and for what came to stand there, in a short time',
    (isSteady, expected) => {
      const { presses, pressed, at, wait } = bench(isSteady);
      let id = 0;
      const tap = (key: string, xMm: number) => {
        id += 1;
        presses.land({ id, key, widthMm: 9, at: at(xMm) });
        presses.lift(id, at(xMm), key);
      };
      tap('7', 0);
      wait(AGAIN_MS - 1);
      tap('7', 0);
      wait(AGAIN_MS);
      tap('7', 0);
      tap('7', 30);
      tap('8', 60);
      tap('x', 60 + SLIP_MM);
      tap('9', 90);
      expect(pressed).toEqual(expected);
    },
  );
});

describe('a second touch', () => {
  const press = ({ presses, at }: ReturnType<typeof bench>, key: string, fromMm: number, toMm: number) => {
    presses.land({ id: 1, key, widthMm: 9, at: at(fromMm) });
    presses.lift(1, at(toMm), key);
  };

  it('at the very place does not press what came to stand there, for anybody; the same key counts again', () => {
    const one = bench();
    press(one, 'open', 0, 0);
    one.wait(1);
    one.presses.land({ id: 2, key: 'close', widthMm: 9, at: one.at(SAME_PLACE_MM) });
    one.wait(AGAIN_MS);
    one.presses.lift(2, one.at(SAME_PLACE_MM), 'close');
    one.wait(AGAIN_MS);
    press(one, 'close', 0, 0);
    press(one, 'close', 0, 0);
    expect(one.pressed).toEqual(['open', 'close', 'close']);
  });

  it('of a hand that drifted counts as at that place, near where it landed and where it lifted', () => {
    const one = bench(true);
    press(one, 'start', 0, SLIP_MM);
    press(one, 'next', -SLIP_MM, -SLIP_MM);
    press(one, 'next', 2 * SLIP_MM, 2 * SLIP_MM);
    press(one, 'far', 3 * SLIP_MM, 3 * SLIP_MM);
    expect(one.pressed).toEqual(['start', 'far']);
  });
});

describe('a touch beside the keys', () => {
  it.each([
    [[3, 20], 'k0'],
    [[20, 3], 'k1'],
    [[5, 9], 'k0'],
    [[5.1, 30], undefined],
    [[2, 3.5], undefined],
    [[4], 'k0'],
    [[], undefined],
  ] as const)('at %j millimetres from each means %s', (distances, meant) => {
    const near = distances.map((distanceMm, index) => ({ key: `k${index}`, distanceMm }));
    expect(findMeant(near)).toBe(meant);
  });
});
