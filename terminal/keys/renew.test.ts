/** A new key of the terminal's own, and deaths at each step of it. */
import { describe, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err, ok } from '../../base/result.ts';
import type { Client } from '../../sync/client.ts';
import { isEntrySignedBy } from '../../sync/formats/entry.ts';
import { certFormat } from '../../sync/formats/key-set.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { parseNewKeyRequest } from '../../sync/formats/messages.ts';
import { sample32 } from '../../sync/formats/sample.ts';
import type { TrustState } from '../../sync/trust.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import {
  caseWish,
  contentOf,
  crash,
  crypto,
  findUnmirrored,
  type MemoryParts,
  memoryParts,
  offered,
  open,
  openEnrolled,
  parsed,
  receipt,
  release,
  world,
} from '../testing/keeper-world.ts';
import { keyFile } from './key-file.ts';
import { renewKey } from './renew.ts';

class Dead extends Error {}

const { platformId, terminalId, keySet, epoch } = world;
const TRUST: TrustState = { platformId, terminalId, keySet, epoch, formerEpochs: [] };

/** A terminal with its keys on its disk; the first is the sample's. */
function withKeyFile(): MemoryParts {
  const parts = memoryParts();
  let isFirst = true;
  const random = {
    ...systemRandom,
    bytes(length: number) {
      const bytes = isFirst ? sample32(crypto, 'terminal') : systemRandom.bytes(length);
      isFirst = false;
      return bytes;
    },
  };
  return { ...parts, keys: keyFile({ disk: parts.disk, random, crypto }) };
}

/** The platform certifies whatever key asks, and counts how many different ones did. */
function certifier() {
  const asked = new Set<string>();
  const sample = certFormat.parse(world.certBytes);
  if (!sample.ok) throw new Error('reads');
  const client: Client = async ({ content }) => {
    const request = parseNewKeyRequest(content ?? new Uint8Array(0));
    if (!request.ok) return err({ code: 'timeout' });
    const { publicKey } = request.value;
    asked.add(toHex(publicKey));
    return ok(certFormat.make(world.certifying, { ...sample.value.value, publicKey }));
  };
  return { asked, client };
}

/** Another terminal than the platform's answer is for. */
const UNREACHED: Client = async () => err({ code: 'unreachable' });

const renew = ({ keys }: MemoryParts, client: Client) => renewKey({ keys, client, crypto, trust: TRUST });

/** Every owed entry is signed by the key its journal names, and a journal has one. */
function expectSignedThroughout(opened: OpenedKeeper, keys: readonly Uint8Array[]): void {
  for (const entry of parsed(offered(opened))) {
    expect(keys.some((publicKey) => isEntrySignedBy(crypto, entry, publicKey))).toBe(true);
  }
  const byJournal = Map.groupBy(parsed(offered(opened)), ({ header }) => toHex(header.journalId));
  for (const entries of byJournal.values())
    expect(new Set(entries.map(({ header }) => toHex(header.signKeyId))).size).toBe(1);
}

describe('a new key', () => {
  it('signs from the next start on, in a new journal that names the old; the old entries stay as they are', async () => {
    const parts = withKeyFile();
    const before = openEnrolled(parts);
    before.keeper.keep(caseWish(null, 'a'));
    const owed = offered(before).map(({ entryBytes }) => toHex(entryBytes));
    const { client } = certifier();
    expect(await renew(parts, client)).toEqual(ok(undefined));
    before.keeper.keep(caseWish(null, 'b'));
    const head = before.port.owedHeads()[0]!;
    crash(parts);

    const opened = open(parts);
    expect(opened.recovery.opened).toBe('new-key');
    expect(opened.key.publicKey).not.toEqual(before.key.publicKey);
    expect(opened.findEnrolment()!.cert.publicKey).toEqual(opened.key.publicKey);
    opened.keeper.keep(caseWish(null, 'c'));
    expect(offered(opened).map(({ entryBytes }) => toHex(entryBytes))).toEqual(expect.arrayContaining(owed));
    expectSignedThroughout(opened, [before.key.publicKey, opened.key.publicKey]);
    const last = parsed(offered(opened)).filter(
      ({ header }) => !equalBytes(header.journalId, head.journalId),
    );
    expect(contentOf(last.find(({ header }) => header.seq === 1)!)).toMatchObject({
      ...{ kind: 'journal.opened', reason: 'new-key', priorSeq: head.seq },
      ...{ priorJournalId: head.journalId, priorHash: head.entryHash },
    });
    expect(last).toHaveLength(2);
    crash(parts);
    expect(open(parts).recovery.opened).toBeNull();
  });

  it('leaves the old one where the platform is not reached, and is the same at the next try', async () => {
    const parts = withKeyFile();
    openEnrolled(parts);
    expect(await renew(parts, UNREACHED)).toEqual(err({ code: 'not-certified', detail: 'unreachable' }));
    const { asked, client } = certifier();
    const lost: Client = async (call) => {
      await client(call);
      return err({ code: 'timeout' });
    };
    expect(await renew(parts, lost)).toMatchObject({ ok: false });
    crash(parts);
    expect(open(parts).recovery.opened).toBeNull();
    expect(await renew(parts, client)).toEqual(ok(undefined));
    expect(asked.size).toBe(1);
  });

  it('wherever the terminal dies on the way leaves one key that signs, and loses nothing', async () => {
    const seen = new Set<boolean>();
    for (let n = 1; ; n++) {
      const parts = withKeyFile();
      const former = openEnrolled(parts);
      former.keeper.keep(caseWish(null, 'a'));
      const { asked, client } = certifier();
      let left = n;
      const pass = () => {
        left -= 1;
        if (left === 0) throw new Dead();
        return undefined;
      };
      parts.store.onCommit = pass;
      parts.disk.onChange = pass;
      parts.mirrorDisk.onChange = pass;
      try {
        await renew(parts, client);
        parts.store.crash();
        open(parts);
      } catch (error) {
        if (!(error instanceof Dead)) throw error;
      }
      crash(parts);
      if (left > 0) break;

      const opened = open(parts);
      const isNew = !equalBytes(opened.key.publicKey, former.key.publicKey);
      seen.add(isNew);
      expect(findUnmirrored(parts)).toEqual([]);
      expect(opened.keeper.keep(caseWish(null, 'b')).ok).toBe(true);
      expectSignedThroughout(opened, [former.key.publicKey, opened.key.publicKey]);
      expect(opened.findEnrolment()!.cert.publicKey).toEqual(opened.key.publicKey);
      if (isNew) {
        expect(opened.keys.findFormer()?.publicKey).toEqual(former.key.publicKey);
        expect(await renew(parts, client)).toMatchObject({ ok: false, error: { code: 'too-soon' } });
      } else {
        expect(await renew(parts, client)).toEqual(ok(undefined));
        crash(parts);
        expect(open(parts).recovery.opened).toBe('new-key');
      }
      expect(asked.size).toBe(1);
    }
    expect(seen).toEqual(new Set([false, true]));
  });

  it('is found again beside an older database, and beside none', async () => {
    for (const lose of ['older', 'lost'] as const) {
      const parts = withKeyFile();
      openEnrolled(parts);
      const older = parts.store.findImage();
      await renew(parts, certifier().client);
      crash(parts);
      open(parts).keeper.keep(caseWish(null, 'a'));
      crash(parts);
      parts.store.putImage(lose === 'older' ? older : undefined);
      const opened = open(parts);
      expect(opened.findEnrolment()!.cert.publicKey).toEqual(opened.key.publicKey);
      expect(opened.keeper.keep(caseWish(null, 'b')).ok).toBe(true);
    }
  });

  it('is followed by another only when a backup of the platform knows it', async () => {
    const parts = withKeyFile();
    openEnrolled(parts);
    const { client } = certifier();
    await renew(parts, client);
    crash(parts);
    const opened = open(parts);
    const last = parsed(offered(opened)).find(({ header }) =>
      equalBytes(header.signKeyId, keyId(crypto, opened.key.publicKey)),
    )!;
    receipt(opened, offered(opened));
    crash(parts);
    const held = open(parts);
    expect(held.keys.findFormer()).toBeDefined();
    expect(await renew(parts, client)).toMatchObject({ error: { code: 'too-soon' } });
    release(held, { ...last.header, entryHash: last.entryHash });
    crash(parts);
    expect(open(parts).keys.findFormer()).toBeUndefined();
    expect(await renew(parts, client)).toEqual(ok(undefined));
    crash(parts);
    expect(open(parts).recovery.opened).toBe('new-key');
  });

  it('is not taken on a full disk: the old one goes on', async () => {
    for (const path of ['keys/next.key', 'keys/former.key', 'keys/terminal.key']) {
      const parts = withKeyFile();
      const before = openEnrolled(parts);
      parts.disk.onChange = (change) =>
        change.path === path ? { code: 'full', detail: 'made up' } : undefined;
      expect(await renew(parts, certifier().client)).toEqual(err({ code: 'store', detail: 'full' }));
      crash(parts);
      expect(open(parts).key.publicKey).toEqual(before.key.publicKey);
    }
  });
});
