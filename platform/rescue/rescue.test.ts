import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { concat, toHex } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { invariant, ok } from '../../base/result.ts';
import { encryptAttachment } from '../../sync/formats/attachment.ts';
import { type Entry, entryBytes } from '../../sync/formats/entry.ts';
import { makeFrame } from '../../sync/formats/frame.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { parseRescueAnswers, rescueFormat } from '../../sync/formats/rescue.ts';
import { putStaff } from '../desk/staff.ts';
import { settleQuarantined } from '../intake/quarantine.ts';
import { revokeTerminal } from '../terminals/terminals.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { send, signInAs } from '../testing/test-staff.ts';
import {
  bent,
  crypto,
  enrolTerminal,
  filedCase,
  newId,
  type TestTerminal,
} from '../testing/test-terminal.ts';
import { findRescueFolders } from './folder.ts';
import { importRescue } from './import-rescue.ts';

describeOnBoth('a rescue folder', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let other: TestTerminal;
  let stick: string;

  beforeEach(async () => {
    test = await host.start();
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    other = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    stick = mkdtempSync(join(tmpdir(), 'yizhan-stick-'));
  });
  afterEach(() => rmSync(stick, { recursive: true, force: true }));

  /** Writes the folder as an exporting terminal does: entries of `from`, manifest by `by`. */
  function write(entries: readonly Entry[], files: readonly Uint8Array[] = [], by: TestTerminal = terminal) {
    const rescueId = newId();
    const folder = nodeDisk(join(stick, 'yizhan-rescue', toHex(rescueId)));
    const frames = concat(...entries.map((entry) => makeFrame(crypto, entryBytes(entry), null)));
    const all: [string, Uint8Array][] = [
      ['entries.yzf', frames],
      ...files.map((file): [string, Uint8Array] => [`attachments/${toHex(crypto.sha256(file))}`, file]),
    ];
    for (const [name, bytes] of all) folder.writeDurably(name, bytes);
    const manifest = rescueFormat.make(by.key, {
      ...{ v: 1, suite: 1, terminalId: by.terminalId, signKeyId: keyId(crypto, by.key.publicKey), rescueId },
      wallMs: 1,
      files: all.map(([name, bytes]) => ({ name, bytes: bytes.length, hash: crypto.sha256(bytes) })),
    });
    folder.writeDurably('manifest.cbor', manifest);
    return folder;
  }

  async function imported(folder: ReturnType<typeof nodeDisk>) {
    const done = await importRescue(test.platform.context, folder);
    invariant(done.ok, 'the answers are written');
    return done.value;
  }

  /** Outcomes by entry id, and how far releases go, as `answers.cbor` says. */
  function answersOf(folder: ReturnType<typeof nodeDisk>) {
    const file = folder.read('answers.cbor');
    const read = file.ok ? parseRescueAnswers(file.value) : undefined;
    invariant(read?.ok, 'the answers can be read');
    const { keySet } = terminal.trust();
    const key = keySet.value.keys.find(({ uses }) => uses.includes(2))!.publicKey;
    const receipts = read.value.flatMap((one) => (one.kind === 'receipt' ? [one.receipt] : []));
    const releases = read.value.flatMap((one) => (one.kind === 'release' ? [one.release] : []));
    const message = (label: string, payload: Uint8Array) =>
      concat(new TextEncoder().encode(`${label}\0`), payload);
    for (const { payload, signature } of receipts) {
      expect(
        crypto.verify({ publicKey: key, message: message('yizhan/receipt/1', payload), signature }),
      ).toBe(true);
    }
    return {
      keySets: read.value.filter((one) => one.kind === 'key-set').length,
      outcomes: receipts.flatMap(({ value }) => value.items.map(({ outcome }) => outcome)),
      released: releases.flatMap(({ value }) => value.ranges.map(({ to }) => to)),
    };
  }

  const cases = () => test.platform.context.store.db.selectFrom('cases').selectAll().execute();

  it('is imported once, whatever has arrived meanwhile, and answered on the stick', async () => {
    const filed = [filedCase(DONGCUN), filedCase(DONGCUN), filedCase(DONGCUN)];
    const entries = filed.map(({ content }) => terminal.entry(content));
    await terminal.offer([entries[1]!]);
    const folder = write(entries);
    expect(await imported(folder)).toMatchObject({ manifest: 'verified', incomplete: [], found: 3, held: 3 });
    expect(answersOf(folder)).toEqual({ keySets: 1, outcomes: [0, 0, 0], released: [] });
    await test.platform.backUpNow();
    // Said over the network already, and perhaps lost there.
    expect((await terminal.offer([entries[0]!])).releases).toHaveLength(1);
    expect(await imported(folder)).toMatchObject({ found: 3, held: 3, refused: 0 });
    expect(answersOf(folder)).toEqual({ keySets: 1, outcomes: [0, 0, 0], released: [3] });
    expect((await terminal.offer(entries)).outcomes).toEqual([0, 0, 0]);
    expect(await cases()).toHaveLength(3);
    const bodies = await test.platform.context.store.db.selectFrom('bodies').select('entryId').execute();
    expect(bodies).toHaveLength(3);
  });

  it('carries a dead machine’s disk, by another terminal, with attachments', async () => {
    const picture = crypto.randomBytes(1_000);
    const { sealed, key } = sealedFile(picture);
    const hash = crypto.sha256(sealed);
    const { content } = filedCase(DONGCUN, { attachments: [[hash, key, 'image/jpeg', picture.length]] });
    const entry = terminal.entry(content, { bend: { attachments: [{ hash, bytes: sealed.length }] } });
    const without = write([entry], [], other);
    expect(await imported(without)).toMatchObject({ manifest: 'verified', held: 0, later: 1 });
    const folder = write([entry], [sealed, crypto.randomBytes(50)], other);
    expect(await imported(folder)).toMatchObject({ manifest: 'verified', held: 1, later: 0 });
    const files = await test.platform.context.store.db.selectFrom('attachments').select('name').execute();
    expect(files.map(({ name }) => toHex(name))).toEqual([toHex(hash)]);
    expect(findRescueFolders(nodeDisk(stick))).toHaveLength(2);
  });

  it('larger than memory is read in parts, and what the stick cannot give is said', async () => {
    const entries = Array.from({ length: 3 }, () => terminal.entry(filedCase(DONGCUN).content));
    const folder = write([]);
    folder.remove('manifest.cbor');
    // 256 MiB that are made as they are read: an entry, and then nothing that can be read, again and again.
    const size = 2 ** 28;
    const every = 2 ** 26;
    const frames = entries.map((entry) => makeFrame(crypto, entryBytes(entry), null));
    const asked: number[] = [];
    const huge: Disk = {
      ...folder,
      findSize: (path) => (path === 'entries.yzf' ? size : folder.findSize(path)),
      read: (path) => {
        expect(path).not.toBe('entries.yzf');
        return folder.read(path);
      },
      readPart(path, from, bytes) {
        if (path !== 'entries.yzf') return folder.readPart(path, from, bytes);
        asked.push(bytes);
        // A bad place of the stick, in the middle of what is asked for.
        if (from < every + 5_000_000 && from + bytes > every + 5_000_000)
          return { ok: false, error: { code: 'io', detail: 'EIO' } };
        const part = new Uint8Array(Math.min(bytes, size - from));
        for (const [index, frame] of frames.entries()) {
          const at = index * every - from;
          if (at < part.length && at + frame.length > 0)
            part.set(frame.subarray(Math.max(0, -at), part.length - at), Math.max(0, at));
        }
        return ok(part);
      },
    };
    expect(await imported(huge)).toMatchObject({ manifest: 'missing', found: 3, held: 3, damaged: 3 });
    expect(Math.max(...asked)).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(answersOf(folder).outcomes).toEqual([0, 0, 0]);
  });

  it('says what is damaged, missing or forged, and takes the rest', async () => {
    const entries = [filedCase(DONGCUN), filedCase(DONGCUN)].map(({ content }) => terminal.entry(content));
    const folder = write(entries, [crypto.randomBytes(10)]);
    const [, id = ''] = findRescueFolders(nodeDisk(stick))[0]!.split('/');
    const path = join(stick, 'yizhan-rescue', id);
    const attachment = folder.list('attachments')[0]!;
    rmSync(join(path, 'attachments', attachment));
    writeFileSync(join(path, 'entries.yzf'), bent(readFileSync(join(path, 'entries.yzf')), 100));
    const report = await imported(folder);
    expect(report).toMatchObject({ manifest: 'verified', damaged: 1, found: 1, held: 1 });
    expect(report.incomplete).toEqual(['entries.yzf', `attachments/${attachment}`]);

    writeFileSync(join(path, 'manifest.cbor'), bent(readFileSync(join(path, 'manifest.cbor')), 60));
    expect(['forged', 'unreadable', 'unknown-signer']).toContain((await imported(folder)).manifest);
    rmSync(join(path, 'manifest.cbor'));
    expect(await imported(folder)).toMatchObject({ manifest: 'missing', held: 1 });
  });

  it('takes no file that no signed entry lists, or that is another than its name says', async () => {
    const { sealed, key } = sealedFile(crypto.randomBytes(100));
    const hash = crypto.sha256(sealed);
    const { content } = filedCase(DONGCUN, { attachments: [[hash, key, 'image/jpeg', 100]] });
    const listing = { attachments: [{ hash, bytes: sealed.length }] };
    const forged = other.entry(content, { bend: { ...listing, terminalId: terminal.terminalId } });
    const unsigned = { ...terminal.entry(content, { bend: listing }), signature: crypto.randomBytes(64) };
    expect(await imported(write([forged, unsigned], [sealed]))).toMatchObject({ held: 0 });

    const folder = write([terminal.entry(content, { bend: listing })]);
    folder.writeDurably(`attachments/${toHex(hash)}`, bent(sealed));
    expect(await imported(folder)).toMatchObject({ held: 0, later: 1 });
    const files = await test.platform.context.store.db.selectFrom('attachments').select('name').execute();
    expect(files).toEqual([]);
  });

  it('brings nothing of strangers, and nothing one terminal signs for another', async () => {
    const elsewhere = await host.start();
    const stranger = await enrolTerminal(await elsewhere.platform.enrolmentCode(DONGCUN));
    const folder = write([stranger.entry(filedCase(DONGCUN).content)], [crypto.randomBytes(9)], stranger);
    expect(await imported(folder)).toMatchObject({ manifest: 'unknown-signer', strangers: 1, held: 0 });
    const forged = terminal.entry(filedCase(DONGCUN).content, { bend: { terminalId: other.terminalId } });
    expect(await imported(write([forged]))).toMatchObject({ held: 0 });
    expect(await cases()).toEqual([]);
  });

  it('of a revoked terminal waits in quarantine, receipted, until the county decides', async () => {
    const { context } = test.platform;
    const password = 'a long password of staff';
    for (const [signIn, deskCode] of [
      ['county', '330624'],
      ['shaxi', '330624108'],
    ] as const) {
      await putStaff(context, { signIn, name: signIn, deskCode, password }, { N: 2 ** 10, r: 8, p: 1 });
    }
    const filed = filedCase(DONGCUN);
    const doubtful = filedCase(DONGCUN);
    const entries = [filed, doubtful].map(({ content }) => terminal.entry(content));
    await revokeTerminal(context.store.db, terminal.terminalId, 1);
    expect((await terminal.offer(entries)).trouble).toMatchObject({ status: 403, problem: 'revoked' });
    const folder = write(entries, [], other);
    for (const _twice of [1, 2]) {
      expect(await imported(folder)).toMatchObject({ found: 2, held: 2, ofRevoked: 2 });
      expect(answersOf(folder).outcomes).toEqual([0, 0]);
    }
    expect(await cases()).toEqual([]);
    const alarms = await context.store.db.selectFrom('alarms').select('kind').execute();
    expect(alarms).toEqual([{ kind: 'quarantine' }]);

    const town = await signInAs(test.platform, 'shaxi', password);
    expect((await town.get('/quarantine')).status).toBe(404);
    const county = await signInAs(test.platform, 'county', password);
    const page = (await county.get('/quarantine')).text;
    expect(page).toContain('董村的机器');
    const token = /name="token" value="([^"]+)"/.exec(page)![1]!;
    const decide = (entry: Entry, choice: string) => {
      const { deskUrl } = test.platform;
      const headers = { cookie: county.cookie, origin: deskUrl };
      const fields = { token, choice, entry: toHex(entry.header.entryId) };
      return send(`${deskUrl}/quarantine`, 'POST', headers, fields);
    };
    expect((await decide(entries[0]!, 'file')).status).toBe(303);
    expect((await decide(entries[0]!, 'file')).status).toBe(303);
    const { entryId } = entries[1]!.header;
    const both = ['set-aside', 'set-aside'] as const;
    const settled = await Promise.all(both.map((choice) => settleQuarantined(context, entryId, choice)));
    expect(settled.toSorted()).toEqual([false, true]);
    await decide(entries[1]!, 'file');
    expect((await cases()).map(({ caseId }) => toHex(caseId))).toEqual([toHex(filed.caseId)]);
    expect((await town.get('/')).text).toContain(toHex(filed.caseId));
    expect((await county.get('/quarantine')).text).toContain('这里没有条目');
    await imported(folder);
    expect(await cases()).toHaveLength(1);
  });
});

function sealedFile(plain: Uint8Array) {
  const key = crypto.randomBytes(32);
  const made = encryptAttachment(crypto, key, plain);
  invariant(made.ok, 'the file fits');
  return { key, sealed: made.value.sealed };
}
