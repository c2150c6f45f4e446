/** How releases come into use on a machine, and what a bad one or a bad moment can do to it: nothing. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err, ok } from '../../base/result.ts';
import type { Catalog } from '../../catalog/load.ts';
import { releaseBytes } from '../../catalog/release.ts';
import { sampleMatter, sampleMatterData } from '../../catalog/testing/sample-matter.ts';
import { handClock } from '../testing/keeper-world.ts';
import { type CatalogKeeper, createCatalogKeeper, type FindNewest, LOOK_EVERY_MS } from './catalog-keeper.ts';
import { openShelf } from './shelf.ts';

const crypto = createCrypto(systemRandom);
const CATEGORIES = stringify([{ id: 'feedback', name: { zh: '反映问题', en: 'Report' } }]);
const EMERGENCY = stringify([{ name: { zh: '报警', en: 'Police' }, phone: '110' }]);
const SHIPPED: Catalog = {
  matters: [sampleMatter({ id: 'shipped' })],
  categories: [],
  emergencyNumbers: [],
  guides: [],
  dataSets: [],
  localData: [],
  templates: [],
  problems: [],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-shelf-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shelf = () => openShelf(nodeDisk(folder), crypto);
const file = (id: string) => stringify(sampleMatterData({ id }));
const release = (
  number: number,
  files: Record<string, string> = { 'matters/mend-bench.yaml': file('mend-bench') },
) =>
  releaseBytes({
    number,
    builtAtMs: 1,
    files: { 'categories.yaml': CATEGORIES, 'emergency.yaml': EMERGENCY, ...files },
  });
const newest =
  (version: number, bytes = release(version)): FindNewest =>
  async () =>
    ok({ version, bytes });
const started = (platform?: FindNewest, clock = handClock()) => ({
  clock,
  keeper: createCatalogKeeper({
    ...{ shelf: shelf(), shipped: SHIPPED, clock, random: systemRandom, log: () => undefined },
    ...(platform && { platform }),
  }),
});
const names = (keeper: CatalogKeeper) => keeper.catalog.now().matters.map(({ id }) => id);

describe('a new release', () => {
  it('waits for the end of the visit, and is there after the next start', async () => {
    const { keeper } = started();
    expect(names(keeper)).toEqual(['shipped']);
    expect(await keeper.look(newest(3))).toEqual({ code: 'taken', number: 3, leftOut: 0 });
    expect(names(keeper)).toEqual(['shipped']);
    expect(keeper.state()).toMatchObject({ number: null, waiting: 3 });
    keeper.betweenVisits();
    expect(names(keeper)).toEqual(['mend-bench']);
    expect(keeper.state()).toMatchObject({ number: 3, waiting: null, last: 'taken' });
    expect(names(started().keeper)).toEqual(['mend-bench']);
  });

  it('is looked for by itself, and once only while one look lasts', async () => {
    let looks = 0;
    const { clock, keeper } = started(async () => {
      looks += 1;
      return err('unreachable');
    });
    clock.advance(2 * 60_000);
    expect(looks).toBe(1);
    await Promise.all([keeper.look(newest(1)), keeper.look(newest(2))]);
    clock.advance(2 * LOOK_EVERY_MS);
    expect(looks).toBe(2);
    keeper.stop();
    await Promise.resolve();
    clock.advance(9 * LOOK_EVERY_MS);
    expect(looks).toBe(2);
  });

  it('that is the one in use is not taken again', async () => {
    const { keeper } = started();
    await keeper.look(newest(3));
    expect(await keeper.look(newest(3))).toEqual({ code: 'newest' });
    expect(await keeper.look(newest(2))).toEqual({ code: 'newest' });
  });
});

describe('what is broken', () => {
  it('a matter is left out and counted, the others are served', async () => {
    const { keeper } = started();
    const files = {
      'matters/mend-bench.yaml': file('mend-bench'),
      'matters/evil.yaml': file('evil').replace('修长凳', '<script>alert(1)</script>'),
      'matters/circle.yaml': stringify(
        sampleMatterData({
          id: 'circle',
          no: 901,
          questions: [
            {
              id: 'a-question',
              type: 'yes-no',
              ask: { zh: '是吗？', en: 'Is it?' },
              label: { zh: '是', en: 'Yes' },
              when: { question: 'a-question', is: true },
            },
          ],
        }),
      ),
    };
    expect(await keeper.look(newest(1, release(1, files)))).toEqual({ code: 'taken', number: 1, leftOut: 2 });
    keeper.betweenVisits();
    expect(names(keeper)).toEqual(['mend-bench']);
    expect(keeper.state().leftOut).toBe(2);
  });

  it('a release that holds nothing, or is none, changes nothing', async () => {
    const { keeper } = started();
    expect(await keeper.look(newest(1, release(1, {})))).toEqual({ code: 'empty' });
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('{}'), new Uint8Array(99).fill(255)])
      expect(await keeper.look(newest(1, bytes))).toEqual({ code: 'malformed' });
    expect(await keeper.look(async () => err('not-trusted'))).toEqual({ code: 'not-trusted' });
    keeper.betweenVisits();
    expect(names(keeper)).toEqual(['shipped']);
  });

  it('a release the disk has hurt: the one before is used, else what was shipped', async () => {
    const { keeper } = started();
    await keeper.look(newest(1));
    await keeper.look(newest(2, release(2, { 'matters/second.yaml': file('second') })));
    truncateSync(join(folder, '2.json'), 50);
    expect(names(started().keeper)).toEqual(['mend-bench']);
    writeFileSync(join(folder, '1.json'), release(1, { 'matters/swapped.yaml': file('swapped') }));
    expect(names(started().keeper)).toEqual(['shipped']);
  });

  it('a note that cannot be read', async () => {
    await started().keeper.look(newest(1));
    writeFileSync(join(folder, 'releases.json'), '{"format":1,');
    expect(names(started().keeper)).toEqual(['shipped']);
  });
});

describe('a step back', () => {
  it('brings the release before, and keeps the one stepped back from away until a newer one comes', async () => {
    const { keeper } = started();
    expect(keeper.stepBack()).toBe(false);
    await keeper.look(newest(1));
    await keeper.look(newest(2, release(2, { 'matters/second.yaml': file('second') })));
    keeper.betweenVisits();
    expect(keeper.state()).toMatchObject({ number: 2, canStepBack: true });
    expect(keeper.stepBack()).toBe(true);
    expect(names(keeper)).toEqual(['second']);
    keeper.betweenVisits();
    expect(names(keeper)).toEqual(['mend-bench']);
    expect(await keeper.look(newest(2))).toEqual({ code: 'newest' });
    expect(await keeper.look(newest(3))).toMatchObject({ code: 'taken' });
  });
});
