/** Tells every machine whose codes from phones are taken: when that is another list than they were told, and at enrolment. */
import { equalBytes } from '../../base/bytes.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { PhoneCodeIssuer } from '../../sync/phone-codes.ts';
import { findPhoneIssuers, type PhoneIssuers, phoneIssuersContent } from '../../sync/phone-issuers.ts';
import type { PlatformContext } from '../context.ts';
import { type FeedItem, flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';

const SETTING = 'phone-issuers';

/** Sends this list to every machine where it is another; none at all is told too, to whom one was told before. */
export async function sendIssuers(
  context: PlatformContext,
  issuers: readonly PhoneCodeIssuer[],
): Promise<void> {
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const told = await findTold(tx);
    if (isSame(told?.issuers ?? [], issuers)) return;
    const nowMs = context.clock.wallMs();
    const content = phoneIssuersContent({ version: Math.max(nowMs, (told?.version ?? 0) + 1), issuers });
    await tx
      .insertInto('settings')
      .values({ name: SETTING, value: content })
      .onConflict((on) => on.column('name').doUpdateSet({ value: content }))
      .execute();
    const terminals = await tx
      .selectFrom('terminals')
      .select('terminalId')
      .where('revokedMs', 'is', null)
      .execute();
    outbox.push(...terminals.map(({ terminalId }) => itemFor(context, terminalId, content)));
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

/** What a newcomer is told; nothing where nobody ever was. */
export async function standingIssuers(
  tx: Db,
  context: Pick<PlatformContext, 'crypto'>,
  terminalId: Uint8Array,
): Promise<Outbox> {
  const content = await findContent(tx);
  return content === undefined ? [] : [itemFor(context, terminalId, content)];
}

function itemFor(
  { crypto }: Pick<PlatformContext, 'crypto'>,
  terminalId: Uint8Array,
  content: Uint8Array,
): FeedItem {
  const kind = FEED_KIND.phoneIssuers;
  return { itemId: crypto.randomBytes(16), terminalId, kind, expiresMs: null, caseId: null, content };
}

async function findTold(tx: Db): Promise<PhoneIssuers | null> {
  const content = await findContent(tx);
  return content === undefined ? null : findPhoneIssuers([content]);
}

async function findContent(tx: Db): Promise<Uint8Array | undefined> {
  const row = await tx.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  return row && new Uint8Array(row.value);
}

function isSame(told: readonly PhoneCodeIssuer[], now: readonly PhoneCodeIssuer[]): boolean {
  return (
    told.length === now.length &&
    told.every(
      ({ name, publicKey }, at) =>
        name === now[at]?.name && equalBytes(publicKey, now[at]?.publicKey ?? new Uint8Array()),
    )
  );
}
