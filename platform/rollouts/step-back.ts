/** Orders to go back to an older release of the software: signed by a named person, sent by the feed, on record. */
import { equalBytes, findBase64Url, toBase64Url } from '../../base/bytes.ts';
import { decodeCbor, encodeCbor } from '../../base/cbor.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { FEED_KIND, type StepBack, stepBackFormat } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { PlatformContext } from '../context.ts';
import type { Bell } from '../feed/bell.ts';
import { flushOutbox, ringFor } from '../feed/outbox.ts';
import type { PlatformKeys } from '../keys/platform-keys.ts';

/** What is ordered. */
export type StepBackWish = Pick<
  StepBack,
  'platformId' | 'terminalId' | 'fromVersion' | 'toVersion' | 'reason' | 'at'
>;

/** Signs it with a person's order key, of which `seed` is the private half. */
export function signStepBack(crypto: Crypto, seed: Uint8Array, wish: StepBackWish): Uint8Array {
  const key = crypto.signingKey(seed);
  const ids = { orderKeyId: keyId(crypto, key.publicKey), orderId: crypto.randomBytes(16) };
  return stepBackFormat.make(key, { v: 1, suite: 1, ...wish, ...ids });
}

/** What the desk asks a person to sign. */
export type StepBackTarget = Pick<StepBack, 'platformId' | 'terminalId' | 'fromVersion' | 'toVersion'>;

const ASKED = 'YZB1.';
const SIGNED = 'YZC1.';

/** The line that the desk shows, to be signed. */
export function stepBackLine({ platformId, terminalId, fromVersion, toVersion }: StepBackTarget): string {
  return ASKED + toBase64Url(encodeCbor([platformId, terminalId, fromVersion, toVersion]));
}

/** What a line asks for; undefined when it is none. */
export function findStepBackTarget(line: string): StepBackTarget | undefined {
  const text = line.trim();
  const bytes = text.startsWith(ASKED) ? findBase64Url(text.slice(ASKED.length)) : undefined;
  const decoded = bytes && decodeCbor(bytes);
  if (!decoded?.ok || !Array.isArray(decoded.value)) return undefined;
  const [platformId, terminalId, fromVersion, toVersion] = decoded.value as readonly unknown[];
  if (!isId(platformId) || !(terminalId === null || isId(terminalId))) return undefined;
  if (!isStepBack(fromVersion, toVersion)) return undefined;
  return { platformId, terminalId, fromVersion: Number(fromVersion), toVersion: Number(toVersion) };
}

/** Whether it leads from a release to an older one. */
export function isStepBack(fromVersion: unknown, toVersion: unknown): boolean {
  if (!Number.isSafeInteger(fromVersion) || !Number.isSafeInteger(toVersion)) return false;
  return Number(toVersion) >= 1 && Number(toVersion) < Number(fromVersion);
}

/** The signed order as a line, to be handed back to the desk. */
export function signStepBackLine(
  crypto: Crypto,
  seed: Uint8Array,
  target: StepBackTarget,
  by: { readonly reason: string; readonly atMs: number },
): string {
  return SIGNED + toBase64Url(signStepBack(crypto, seed, { ...target, reason: by.reason, at: by.atMs }));
}

/** An order that counts, and who signed it. */
export interface VerifiedStepBack {
  readonly order: StepBack;
  readonly bytes: Uint8Array;
  readonly holder: string;
}

/** Reads a line back: signed by a key of use 4 in the newest set, for this platform. */
export function findVerifiedStepBack(
  { crypto, keys }: { readonly crypto: Crypto; readonly keys: PlatformKeys },
  line: string,
): VerifiedStepBack | undefined {
  const text = line.replaceAll(/\s/g, '');
  const bytes = text.startsWith(SIGNED) ? findBase64Url(text.slice(SIGNED.length)) : undefined;
  const signed = bytes && stepBackFormat.parse(bytes);
  if (bytes === undefined || !signed?.ok) return undefined;
  const order = signed.value.value;
  const key = keys.findOrderKey(order.orderKeyId);
  if (!key || !equalBytes(order.platformId, keys.platformId)) return undefined;
  if (!stepBackFormat.isSignedBy(crypto, signed.value, key.publicKey)) return undefined;
  return isStepBack(order.fromVersion, order.toVersion) ? { order, bytes, holder: key.holder } : undefined;
}

function isId(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 16;
}

/** Sends it to the machine it names, or to all in service; how many. They see it at their next poll, or at once where `bell` rings. */
export async function sendStepBack(
  {
    store,
    clock,
    crypto,
    bell,
  }: Pick<PlatformContext, 'store' | 'clock' | 'crypto'> & { readonly bell?: Bell },
  wish: Pick<StepBackWish, 'terminalId' | 'fromVersion' | 'toVersion' | 'reason'>,
  signed: Uint8Array,
  by: { readonly staffId: number; readonly areaCode: string },
): Promise<number> {
  const { terminalId, fromVersion, toVersion, reason } = wish;
  const items = await store.transaction(async (tx) => {
    const all = tx.selectFrom('terminals').select('terminalId').where('revokedMs', 'is', null);
    const rows = await (terminalId === null ? all : all.where('terminalId', '=', terminalId)).execute();
    const atMs = clock.wallMs();
    await tx
      .insertInto('machineOrders')
      .values({
        ...{ kind: FEED_KIND.stepBack, matterId: null, content: signed, staffId: by.staffId, atMs },
        ...{ areaCode: terminalId === null ? by.areaCode : null, terminalId },
        words: `软件从第 ${fromVersion} 版退回第 ${toVersion} 版：${reason}`,
      })
      .execute();
    const told = rows.map((row) => ({
      ...{ itemId: crypto.randomBytes(16), terminalId: row.terminalId, kind: FEED_KIND.stepBack },
      ...{ expiresMs: null, caseId: null, content: signed },
    }));
    await flushOutbox(tx, told, atMs);
    return told;
  });
  if (bell !== undefined) ringFor(bell, items);
  return items.length;
}
