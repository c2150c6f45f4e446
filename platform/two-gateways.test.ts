import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { findSealKey } from '../sync/trust.ts';
import type { PlatformOptions } from './server.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { enrolTerminal } from './testing/test-terminal.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });

describeOnBoth('two gateways over one database', (host) => {
  /** A gateway on the first one's database, with its key folder or one beside it. */
  function beside(first: TestPlatform, options: Partial<PlatformOptions> = {}): Promise<TestPlatform> {
    const at = (name: string) => nodeDisk(join(first.folder, name));
    return host.start({
      ...{ database: first.database, keys: at('keys'), keyCopies: at('key-copies') },
      ...{ backups: { disk: at('backups'), everyMs: 3_600_000, keep: 2 } },
      ...options,
    });
  }

  it.each([0, 2])(
    'each opens what is sealed to a key the other made (%i opening threads)',
    async (openingThreads) => {
      const first = await host.start({ openingThreads });
      const terminal = await enrolTerminal(await first.platform.enrolmentCode(DONGCUN));
      const second = await beside(first, { openingThreads });
      const former = toHex(findSealKey(terminal.trust().keySet)!);

      second.platform.addSealKey();
      // As a terminal does that heard of it from the second: the first has not been told.
      const sealTo = findSealKey(second.platform.context.keys.newest())!;
      expect(toHex(sealTo)).not.toBe(former);
      const sealed = ['a', 'b'].map((words) => terminal.entry(note(words), { sealTo }));
      const answer = await terminal.offer([...sealed, terminal.entry(note('sealed to the old key'))]);
      expect(answer).toMatchObject({ outcomes: [0, 0, 0], later: [] });

      first.platform.addSealKey();
      expect(first.platform.context.keys.newest().value.number).toBe(3);
      expect(second.platform.context.openingKeys.takeNew()).toBe(3);
    },
  );

  it('each hands out the key sets that the other made', async () => {
    const first = await host.start();
    const terminal = await enrolTerminal(await first.platform.enrolmentCode(DONGCUN));
    const second = await beside(first);
    second.platform.addSealKey();
    await terminal.fetchKeySets();
    expect(terminal.trust().keySet.value.number).toBe(2);
    second.platform.addSealKey();
    expect((await terminal.hello()).hello).toMatchObject({ keySet: 3 });
  });

  it('one whose folder is a copy waits for a set until its keys have come too', async () => {
    const first = await host.start();
    const terminal = await enrolTerminal(await first.platform.enrolmentCode(DONGCUN));
    const copied = join(first.folder, 'keys-elsewhere');
    const copy = (ofKeys: boolean) =>
      cpSync(join(first.folder, 'keys'), copied, {
        recursive: true,
        filter: (path) => !path.endsWith('root.key') && (ofKeys || !path.includes('seal.')),
      });
    copy(true);
    const second = await beside(first, { keys: nodeDisk(copied) });
    first.platform.addSealKey();
    copy(false);
    const offered = terminal.entry(note('new key'), {
      sealTo: findSealKey(first.platform.context.keys.newest())!,
    });
    const { openingKeys, keys } = second.platform.context;
    expect(openingKeys.find(offered.header.sealKeyId)).toBeUndefined();
    expect(keys.newest().value.number).toBe(1);
    copy(true);
    expect(openingKeys.find(offered.header.sealKeyId)).toBeDefined();
    expect(keys.newest().value.number).toBe(2);
  });
});
