/**
 * The register of printed certificates: a number is given once, with the platform's signed words on what was said, and
 * one that did not come out counts no more. Nothing personal stands in it but a masked name and a hash. Rows are never
 * changed.
 */
import { maskName } from '../../catalog/mask.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { type CertificateWords, certificateFormat, hashOfSaid } from '../../sync/formats/certificate.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'keys'>;

/** An answer that can stand on a certificate: what the source has of the person, or that it has nothing. */
export type SaidContent = Extract<QueryContent, { outcome: 'found' | 'nothing' }>;

/** What certificates are asked for. */
export interface CertificateWish {
  readonly terminalId: Uint8Array;
  readonly consentId: Uint8Array;
  readonly dataSet: string;
  readonly template: string;
  /** Each bears a number of its own. */
  readonly sheets: number;
  /** Of the person it speaks of, as on their card. */
  readonly name: string;
  readonly content: SaidContent;
}

/** A certificate as it stands in the register. */
type Row = Omit<CertificateWords, 'v' | 'suite' | 'signKeyId' | 'issuedAt' | 'asOf'> & {
  readonly terminalId: Uint8Array;
  readonly consentId: Uint8Array;
  readonly asOfMs: number;
};

/** After so many a printer needs a hand, and the number another visit. */
const MOST_ANEW = 5;
/** Whoever prints anew still stands there. */
const ANEW_WITHIN_MS = 1_800_000;
/** Nobody's number is met twice in a row in 10^12. */
const MOST_DRAWS = 8;

/** Puts new certificates on record; their signed words, one a sheet. */
export async function issueCertificates(context: Context, wish: CertificateWish): Promise<Uint8Array[]> {
  const { terminalId, consentId, dataSet, template, sheets, name, content } = wish;
  const row = {
    ...{ terminalId, consentId, dataSet, template, name: maskName(name), asOfMs: content.asOfMs },
    said: hashOfSaid(context.crypto, content),
  };
  const issued: Uint8Array[] = [];
  for (let sheet = 0; sheet < sheets; sheet += 1)
    issued.push(await issue(context, context.store.db, row, null));
  return issued;
}

/**
 * Another certificate in place of one of this terminal that did not come out, which counts no more, like whatever took
 * its place before. `undefined` where there is none, it is too old, or it was printed anew too often.
 */
export async function replaceCertificate(
  context: Context,
  { terminalId, number }: { readonly terminalId: Uint8Array; readonly number: string },
): Promise<{ readonly words: Uint8Array; readonly asOfMs: number } | undefined> {
  const nowMs = context.clock.wallMs();
  return context.store.transaction(async (tx) => {
    let last = await tx
      .selectFrom('certificates')
      .selectAll()
      .where('number', '=', number)
      .where('terminalId', '=', terminalId)
      .executeTakeFirst();
    if (!last || Math.abs(nowMs - last.issuedMs) > ANEW_WITHIN_MS) return undefined;
    for (let times = 1; ; times += 1) {
      await voidCertificates(tx, { terminalId, numbers: [last.number], reason: 'printed-anew', atMs: nowMs });
      const next = await tx
        .selectFrom('certificates')
        .selectAll()
        .where('replaces', '=', last.number)
        .executeTakeFirst();
      if (!next) break;
      if (times === MOST_ANEW) return undefined;
      last = next;
    }
    const { issuedMs: _before, ...row } = last;
    return { words: await issue(context, tx, row, last.number), asOfMs: row.asOfMs };
  });
}

/** Says that papers with these numbers count no more, as the terminal they were given to said; once is enough. */
export async function voidCertificates(
  tx: Db,
  word: {
    readonly terminalId: Uint8Array;
    readonly numbers: readonly string[];
    readonly reason: string;
    readonly atMs: number;
  },
): Promise<void> {
  const { terminalId, numbers, reason, atMs } = word;
  await tx
    .insertInto('certificateVoids')
    .values([...new Set(numbers)].map((number) => ({ number, terminalId, reason, atMs })))
    .onConflict((conflict) => conflict.columns(['number', 'terminalId']).doNothing())
    .execute();
}

/** When a certificate whose words verify was voided; null where it stands. */
export async function findVoidedMs(db: Db, number: string): Promise<number | null> {
  const voids = await db
    .selectFrom('certificateVoids')
    .leftJoin('certificates', 'certificates.number', 'certificateVoids.number')
    .select(['certificateVoids.atMs'])
    .where('certificateVoids.number', '=', number)
    // One whose row a restore lost is voided by whoever says so: what a terminal says of another's counts for nothing.
    .where((where) =>
      where.or([
        where('certificates.number', 'is', null),
        where('certificates.terminalId', '=', where.ref('certificateVoids.terminalId')),
      ]),
    )
    .executeTakeFirst();
  return voids?.atMs ?? null;
}

async function issue(
  { clock, crypto, keys }: Context,
  db: Db,
  row: Omit<Row, 'number'>,
  replaces: string | null,
): Promise<Uint8Array> {
  const issuedMs = clock.wallMs();
  const { terminalId, consentId, template, dataSet, said, name, asOfMs } = row;
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const number = randomNumber(crypto.randomBytes(8));
    const inserted = await db
      .insertInto('certificates')
      .values({
        ...{ number, terminalId, consentId, template, dataSet, said, name, asOfMs, issuedMs, replaces },
      })
      .onConflict((conflict) => conflict.column('number').doNothing())
      .executeTakeFirstOrThrow();
    if (Number(inserted.numInsertedOrUpdatedRows) === 0) continue;
    const { key, keyId: signKeyId } = keys.answerKey();
    const words = { number, template, dataSet, said, name, issuedAt: issuedMs, asOf: asOfMs };
    return certificateFormat.make(key, { v: 1, suite: 1, signKeyId, ...words });
  }
  throw new Error('broken invariant: a free number is found soon');
}

function randomNumber(bytes: Uint8Array): string {
  const drawn = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  return String(drawn % 1_000_000_000_000n).padStart(12, '0');
}
