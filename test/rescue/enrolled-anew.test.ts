/** A revoked machine that is enrolled anew on its own folders: nothing it owed is lost, and it begins with nothing of it. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { invariant } from '../../base/result.ts';
import { findRescueFolders } from '../../platform/rescue/folder.ts';
import { importRescue } from '../../platform/rescue/import-rescue.ts';
import { revokeTerminal } from '../../platform/terminals/terminals.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../../platform/testing/test-platform.ts';
import { enrol } from '../../sync/enrol.ts';
import { formerTerminals, openOrBeginAnew } from '../../terminal/program/begin-anew.ts';
import { runAnswers, runExport } from '../../terminal/rescue/run.ts';
import { type Carried, crypto, enrolCarried } from './carried.ts';

const fetch = createNodeFetch({ tolerateDateErrors: () => false });

describeOnBoth('a revoked machine with a new code', (host) => {
  let test: TestPlatform;
  let folder: string;
  let code: string;
  let terminal: Carried;
  const logged: string[] = [];
  beforeEach(async () => {
    test = await host.start();
    folder = mkdtempSync(join(tmpdir(), 'yizhan-anew-'));
    code = await test.platform.enrolmentCode(DONGCUN);
    terminal = await enrolCarried(code, folder);
    logged.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens as the program does, with this code in its configuration. */
  function start(enrolment: string) {
    const { dataDir, mirrorDir } = terminal;
    const opened = openOrBeginAnew({ dataDir, mirrorDir, enrolment }, crypto, (event) => logged.push(event));
    invariant(opened.ok, 'it opens');
    return opened.value;
  }

  /** The program starts, hears that it is revoked, and stops. */
  async function revoke(): Promise<void> {
    terminal.close();
    const opened = start(code);
    opened.access.save('revoked');
    opened.close();
    await revokeTerminal(test.platform.context.store.db, terminal.terminalId, 1);
  }

  it('begins with a new key and an empty journal, and what it owed is carried and erased by the program', async () => {
    terminal.keep(true);
    terminal.keep();
    await revoke();
    const former = toHex(terminal.terminalId);
    // The code it has, or none that can be read, is no word to begin anew.
    for (const same of [code, 'YZ1|mistyped']) {
      const opened = start(same);
      expect(toHex(opened.findEnrolment()!.cert.terminalId)).toBe(former);
      expect(opened.upkeep.countOwed()).toBe(3);
      opened.close();
    }
    const next = await test.platform.enrolmentCode(DONGCUN);
    const opened = start(next);
    expect(logged).toContain('store.set-aside');
    expect(opened.findEnrolment()).toBeUndefined();
    expect(opened.access.find()).toBe('served');
    const enrolled = await enrol({ fetch, crypto }, opened.key, next);
    invariant(enrolled.ok && opened.enrol(enrolled.value).ok, 'it is enrolled anew');
    expect(toHex(enrolled.value.terminalId)).not.toBe(former);
    expect(opened.upkeep.countOwed()).toBe(1);
    opened.close();
    const again = start(next);
    expect(again.findEnrolment()?.cert.terminalId).toEqual(enrolled.value.terminalId);
    again.close();
    expect(formerTerminals(terminal.dataDir)).toEqual([former]);

    const stick = join(folder, 'stick');
    const own = {
      dataDir: join(terminal.dataDir, 'former', former),
      mirrorDir: join(terminal.mirrorDir, 'former', former),
    };
    const parts = { crypto, own, stick: nodeDisk(stick) };
    expect(runExport({ ...parts, from: undefined })).toMatchObject({
      ...{ came: 'all', told: { value: { entries: 3, files: 1 } } },
    });
    await importAll(stick);
    await test.platform.backUpNow();
    expect(await importAll(stick)).toMatchObject({ manifest: 'verified', held: 3, ofRevoked: 3 });
    expect(runAnswers(parts)).toMatchObject({ came: 'all', told: { value: { receipted: 3, erased: 3 } } });
    expect(readdirSync(join(own.dataDir, 'attachments'))).toEqual([]);
  });

  it.each([0, 1, 2, 3])(
    'goes on with it after a death, %i names in, also where one folder is in the other',
    async (names) => {
      const nested = join(terminal.dataDir, 'mirror');
      terminal.close();
      renameSync(terminal.mirrorDir, nested);
      terminal = { ...terminal, mirrorDir: nested };
      const former = toHex(terminal.terminalId);
      const aside = join(terminal.dataDir, 'former', former);
      mkdirSync(aside, { recursive: true });
      writeFileSync(join(terminal.dataDir, 'former', 'leaving'), former);
      const own = readdirSync(terminal.dataDir).filter((name) => name !== 'former' && name !== 'mirror');
      for (const name of own.slice(0, names)) renameSync(join(terminal.dataDir, name), join(aside, name));
      const opened = start(code);
      expect(opened.findEnrolment()).toBeUndefined();
      opened.close();
      expect(readdirSync(aside).sort()).toEqual(own.sort());
      expect(readdirSync(join(nested, 'former', former)).sort()).toEqual(['identity.yz', 'journal']);
      expect(formerTerminals(terminal.dataDir)).toEqual([former]);
    },
  );

  async function importAll(stick: string) {
    const [path = ''] = findRescueFolders(nodeDisk(stick));
    const imported = await importRescue(test.platform.context, nodeDisk(join(stick, path)));
    invariant(imported.ok, 'the answers are written');
    return imported.value;
  }
});
