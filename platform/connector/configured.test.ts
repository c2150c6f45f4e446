import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { enrolTerminal, filedCase, nodeFetch, openProgress } from '../testing/test-terminal.ts';
import { centreSchema, sampleCentre } from './configured.ts';
import { openBook } from './sample/book.ts';

describeOnBoth('a platform with the sample centre', (host) => {
  it('registers what is filed by itself, and stops in the middle without harm', async () => {
    const test = await host.start();
    const disk = nodeDisk(join(test.folder, 'sample-centre'));
    const open = () => sampleCentre({ clock: systemClock, random: systemRandom, disk, fetch: nodeFetch });
    const first = await open();
    await test.restart(undefined, { centre: first });
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const early = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(early.content)]);
    const registeredOf = async (filed: typeof early) =>
      openProgress(filed, (await terminal.feed()).items).filter((one) => one.status === 'registered');
    await expect.poll(() => registeredOf(early), { timeout: 15_000, interval: 200 }).toHaveLength(1);

    first.giveUp();
    await test.platform.stop();
    await first.stop();
    const second = await open();
    const book = openBook(disk, systemClock, systemRandom);
    expect(book.of(toHex(early.caseId)).map((one) => one.step)).toEqual(['receive']);
    await second.stop();
  });
});

it('takes a real centre by https alone', () => {
  const config = { url: 'https://centre.example/api', appId: 'x', keyFile: '/etc/x', matterCodes: {} };
  expect(centreSchema.safeParse(config).success).toBe(true);
  expect(centreSchema.safeParse({ ...config, url: 'http://centre.example' }).success).toBe(false);
  expect(centreSchema.safeParse({ ...config, matterCodes: { allowance: '' } }).success).toBe(false);
});
