import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { Fetch } from '../../base/fetch.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { DONGCUN, describeOnBoth } from '../../platform/testing/test-platform.ts';
import { signInAs } from '../../platform/testing/test-staff.ts';
import { filedCase } from '../../platform/testing/test-terminal.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import type { ContentMap } from '../../terminal/keeper.ts';
import { keyFile } from '../../terminal/keys/key-file.ts';
import { type OpenedKeeper, openKeeper } from '../../terminal/open-keeper.ts';
import { folderParts } from '../../terminal/testing/keeper-world.ts';

const crypto = createCrypto(systemRandom);
const nodeFetch = createNodeFetch({ tolerateDateErrors: () => false });
const PASSWORD = 'a long password of staff';
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

/** A terminal with a key of its own, on real files. */
function openTerminal(folder: string): OpenedKeeper {
  const parts = folderParts(folder, { clock: systemClock, crypto });
  const keys = keyFile({ disk: parts.disk, random: systemRandom, crypto });
  const opened = openKeeper({ ...parts, keys });
  invariant(opened.ok, 'the terminal opens');
  return opened.value;
}

/** Runs its engine until nothing waits. */
async function drain(opened: OpenedKeeper, fetch: Fetch): Promise<void> {
  const enrolment = opened.findEnrolment();
  invariant(enrolment, 'the terminal is enrolled');
  const { origin, keySet, cert } = enrolment;
  const { platformId } = keySet.value;
  const engine = createSyncEngine({
    ...{ journal: opened.port, time: opened.time, clock: systemClock, random: systemRandom, fetch, crypto },
    identity: () => ({
      ...{ origin, platformId, terminalId: cert.terminalId },
      ...{ key: opened.key, bootId: opened.bootId },
    }),
    report: () => {},
  });
  const drained = new Promise<void>((resolve) => {
    engine.onStatus(() => engine.status().owed.waiting === 0 && resolve());
  });
  engine.start();
  await drained;
  await engine.stop();
}

describeOnBoth('photographs', (host) => {
  it('come from a terminal to its desk over HTTP, through a line that breaks, and each byte once', async () => {
    const test = await host.start();
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-photographs-'));
    const opened = openTerminal(folder);
    const code = await test.platform.enrolmentCode(DONGCUN);
    const enrolled = await enrol({ fetch: nodeFetch, crypto }, opened.key, code);
    invariant(enrolled.ok && opened.enrol(enrolled.value).ok, 'the platform enrols the terminal');

    const large = crypto.randomBytes(3_000_000);
    large.set([0xff, 0xd8, 0xff]);
    const attachments = [large, large.slice(0, 500)].map((bytes) => ({ mediaType: 'image/jpeg', bytes }));
    const filed = filedCase(DONGCUN);
    const wish = { submissionId: filed.content.submissionId as Uint8Array, entryClass: 1 as const };
    const content = filed.content as unknown as ContentMap;
    const kept = opened.keeper.keep({ ...wish, content, attachments, remember: null, slip: false });
    expect(kept.ok).toBe(true);
    expect(readdirSync(join(folder, 'attachments'))).toHaveLength(2);

    const pieces: number[] = [];
    const breaking: Fetch = async (request) => {
      const answered = await nodeFetch(request);
      if (request.method === 'PATCH') pieces.push(request.body?.length ?? 0);
      const isLost = request.method === 'PATCH' && pieces.length % 3 === 2;
      return isLost ? { ok: false, error: { code: 'unreachable', detail: '' } } : answered;
    };
    await drain(opened, breaking);
    opened.close();
    const sealedBytes = [3_014_656, 65_536].map((padded) => padded + 16);
    expect(pieces.reduce((sum, bytes) => sum + bytes, 0)).toBe(sealedBytes[0]! + sealedBytes[1]!);

    await putStaff(
      test.platform.context,
      { signIn: 'shaxi', name: '工作人员', deskCode: '330624108', password: PASSWORD },
      CHEAP,
    );
    const staff = await signInAs(test.platform, 'shaxi', PASSWORD);
    const page = await staff.get(`/cases/${toHex(filed.caseId)}`);
    const paths = [...page.text.matchAll(/<img src="([^"]+)"/g)].map(([, path]) => path!);
    expect(paths).toHaveLength(2);
    for (const [index, path] of paths.entries()) {
      const { deskUrl } = test.platform;
      const shown = await fetch(`${deskUrl}${path}`, { headers: { cookie: staff.cookie } });
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(attachments[index]!.bytes);
    }
    rmSync(folder, { recursive: true });
  }, 60_000);
});
