import { call } from '@orpc/server';
import { expect, it } from 'vitest';
import type { ActResult } from '../api.ts';
import { createBench } from '../visit/testing/bench.ts';
import { createActionMemory } from './actions.ts';
import { createScreenRouter } from './router.ts';

/** A router whose service answers every photograph with this. */
function routerWith(answer: ActResult) {
  const { view } = createBench();
  return createScreenRouter(
    {
      view,
      onChange: () => () => {},
      act: () => answer,
      findFile: () => undefined,
      microphoneSaid: () => undefined,
      camerasSaid: () => {},
      voiceSaid: () => undefined,
    },
    createActionMemory(),
  );
}

const photograph = () => new Uint8Array(9).fill(7);
const handed = (bytes: Uint8Array) => ({ actionId: 'photo-one', revision: 1, questionId: 'paper', bytes });

it('overwrites a photograph that nobody holds: one refused, and one that came a second time', async () => {
  const words = { zh: '请再拍一张', en: 'Please take another' };
  const refusing = routerWith({ ok: false, error: { code: 'bad-answer', words, questionId: null } });
  const refused = photograph();
  await call(refusing.attach, handed(refused));
  expect(refused).toEqual(new Uint8Array(9));

  const taking = routerWith({ ok: true });
  const [taken, again] = [photograph(), photograph()];
  await call(taking.attach, handed(taken));
  await call(taking.attach, handed(again));
  expect(taken).toEqual(photograph());
  expect(again).toEqual(new Uint8Array(9));
});
