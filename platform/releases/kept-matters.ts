/**
 * Every version of a matter this platform ever served, by its hash: a case names the words its submitter saw, and staff
 * read it by those words however often the catalog changed since.
 */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import { canonicalBytes } from '../../catalog/matter-bytes.ts';
import { type Matter, matterSchema } from '../../catalog/schema.ts';

/** Matters by hash. */
export interface KeptMatters {
  /** Keeps those of them that are not there yet, in one durable write; on trouble none of them. */
  keep(matters: readonly Matter[]): Result<void, DiskTrouble>;
  /** The version with this hash (`journal.md`, Content: `matter`), where it was ever served. */
  find(hash: Uint8Array): Matter | undefined;
}

const PACK = /^matters-(\d{6})\.json$/;

/** Opens what is kept in this folder: packs of canonical texts, each written once and never changed. */
export function openKeptMatters(disk: Disk, crypto: Crypto): KeptMatters {
  const texts = new Map<string, string>();
  const hashOf = (text: string) => toHex(crypto.sha256(new TextEncoder().encode(text)));
  const packs = disk.list('.').filter((name) => PACK.test(name));
  for (const text of packs.flatMap((name) => readPack(disk, name))) texts.set(hashOf(text), text);
  let next = packs.reduce((most, name) => Math.max(most, Number(PACK.exec(name)?.[1])), 0) + 1;
  return {
    keep(matters) {
      const fresh = matters
        .map((matter) => new TextDecoder().decode(canonicalBytes(matter)))
        .filter((text) => !texts.has(hashOf(text)));
      if (fresh.length === 0) return ok(undefined);
      const name = `matters-${String(next).padStart(6, '0')}.json`;
      const written = disk.writeDurably(name, new TextEncoder().encode(JSON.stringify(fresh)));
      if (!written.ok) return written;
      next += 1;
      for (const text of fresh) texts.set(hashOf(text), text);
      return ok(undefined);
    },
    find(hash) {
      const text = texts.get(toHex(hash));
      const read = text === undefined ? undefined : matterSchema.safeParse(JSON.parse(text));
      return read?.success ? read.data : undefined;
    },
  };
}

/** The texts of a pack; one that a disk spoilt holds none, and its cases are shown by today's words. */
function readPack(disk: Disk, name: string): readonly string[] {
  const read = disk.read(name);
  if (!read.ok) return [];
  try {
    const texts: unknown = JSON.parse(new TextDecoder().decode(read.value));
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}
