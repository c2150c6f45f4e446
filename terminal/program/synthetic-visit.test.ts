import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err } from '../../base/result.ts';
import { crypto, folderParts, offered, openEnrolled } from '../testing/keeper-world.ts';
import { fakeLookUp } from '../visit/testing/fake-look-up.ts';
import { fakePrinting } from '../visit/testing/fake-printing.ts';
import { fakeQueries } from '../visit/testing/fake-queries.ts';
import { PROJECT_CATALOG, SITE } from '../visit/testing/site.ts';
import { watched } from './source.ts';
import { findStuckVisit } from './synthetic-visit.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yizhan-synthetic-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function parts() {
  const opened = openEnrolled(folderParts(dataDir));
  return {
    ...{ clock: systemClock, random: systemRandom, crypto, site: SITE, catalog: watched(PROJECT_CATALOG) },
    ...{ lookUp: fakeLookUp(), queries: fakeQueries(), typesetter: fakePrinting().typesetter },
    ...{ opened, dataDir },
  };
}

it('comes to its end beside what is really kept, and leaves nothing behind', async () => {
  const made = parts();
  const owed = offered(made.opened).length;
  const before = readdirSync(dataDir);
  expect(await findStuckVisit(made)).toBeUndefined();
  expect(offered(made.opened)).toHaveLength(owed);
  expect(readdirSync(dataDir)).toEqual(before);
  made.opened.close();
});

it('says where it got stuck: no matter opens, or nothing can be kept', async () => {
  const made = parts();
  expect(await findStuckVisit({ ...made, catalog: watched({ ...PROJECT_CATALOG, matters: [] }) })).toBe(
    'matter',
  );
  const keys = {
    ...made.opened.keys,
    signingKey: () => err({ code: 'damaged', detail: 'made up' } as const),
  };
  expect(await findStuckVisit({ ...made, opened: { ...made.opened, keys } })).toBe('store');
  const findEnrolment = () => ({ ...made.opened.findEnrolment()!, certBytes: new Uint8Array(3) });
  expect(
    await findStuckVisit({ ...made, opened: { ...made.opened, findEnrolment } }).catch(() => 'threw'),
  ).not.toBeUndefined();
  expect(existsSync(join(dataDir, 'trial-visit'))).toBe(false);
  made.opened.close();
});
