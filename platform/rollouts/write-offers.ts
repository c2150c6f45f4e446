/** What machines are told of a roll-out, written for many at once: their rows, and the same word on the feed of each. */
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { SoftwareContent } from '../../sync/software-contents.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { RowsOf } from '../store/many.ts';
import type { Db } from '../store/store.ts';
import type { Plan } from './plan.ts';
import { findRollout, type Rollout } from './rollouts.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>;

/** What was written of a machine's last word, and of which roll-out it was. */
interface Told {
  readonly terminalId: Uint8Array;
  readonly rolloutNo: number;
  readonly version: number | null;
}

/** A word that is another than the last; `before` is missing where there was none. */
interface NewWord {
  readonly terminalId: Uint8Array;
  readonly version: number | null;
  readonly before: Told | undefined;
}

/** Tells `machines` what they may install, whoever hears another word than before; nothing once it no longer runs. */
export async function offerTo(
  context: Context,
  rollout: Rollout,
  machines: readonly { readonly id: string; readonly terminalId: Uint8Array }[],
  offered: ReadonlySet<string>,
): Promise<void> {
  const { rolloutNo, plan } = rollout;
  await change(context, rollout, async (tx) => {
    const now = await findRollout(tx);
    if (now?.rolloutNo !== rolloutNo) return [];
    // Somebody may have stopped it since it was looked at.
    if (now.standing.state !== 'running') return takenBack(tx);
    const rows = await tx
      .selectFrom('softwareOffers')
      .select(['terminalId', 'rolloutNo', 'version'])
      .execute();
    const last = new Map(rows.map((row) => [toHex(row.terminalId), row]));
    return machines.flatMap(({ id, terminalId }) => {
      const before = last.get(id);
      const version = offered.has(id) ? plan.version : null;
      const isTold = (before?.version ?? null) === version;
      // An offer of a new roll-out is a word of its own; that there is none is not.
      if (isTold && (version === null || before?.rolloutNo === rolloutNo)) return [];
      return [{ terminalId, version, before }];
    });
  });
}

/** Takes back what is still offered, unless the roll-out goes on again. */
export async function takeBackOffers(context: Context, rollout: Rollout): Promise<void> {
  await change(context, rollout, async (tx) =>
    (await findRollout(tx))?.standing.state === 'running' ? [] : takenBack(tx),
  );
}

async function takenBack(tx: Db): Promise<readonly NewWord[]> {
  const rows = await tx
    .selectFrom('softwareOffers')
    .select(['terminalId', 'rolloutNo', 'version'])
    .where('version', 'is not', null)
    .execute();
  return rows.map((before) => ({ terminalId: before.terminalId, version: null, before }));
}

/** In one transaction what is to be told is found, written and put on the feed; then who waits is woken. */
async function change(
  context: Context,
  { rolloutNo, plan }: Rollout,
  find: (tx: Db) => Promise<readonly NewWord[]>,
): Promise<void> {
  const nowMs = context.clock.wallMs();
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const words = await find(tx);
    const kinds = Map.groupBy(words, ({ version, before }) => {
      const was = before === undefined ? 'none' : before.rolloutNo === rolloutNo ? 'same' : 'other';
      return `${was} ${version}`;
    });
    for (const alike of kinds.values()) await write(context, tx, rolloutNo, alike, nowMs);
    const content = { offer: encodeContent(offerOf(plan)), none: encodeContent(NO_OFFER) };
    for (const { terminalId, version } of words) {
      outbox.push({
        ...{ itemId: context.crypto.randomBytes(16), terminalId, kind: FEED_KIND.software },
        ...{ expiresMs: null, caseId: null, content: version === null ? content.none : content.offer },
      });
    }
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

const NO_OFFER: SoftwareContent = { schema: 1, kind: 'software.none' };

function offerOf({ channel, version, hours }: Plan): SoftwareContent {
  return { schema: 1, kind: 'software.offer', channel, version, hours };
}

const OFFER_ROWS: RowsOf = {
  table: 'software_offers',
  columns: [
    { name: 'terminal_id', kind: 'bytes' },
    { name: 'rollout_no', kind: 'int' },
    { name: 'version', kind: 'int' },
    { name: 'first_ms', kind: 'int' },
  ],
  passOver: false,
};
const ROWS_AT_ONCE = 1_000;

/** The rows of those who hear the same, and heard alike before: a statement for a thousand of them. */
async function write(
  { store }: Context,
  tx: Db,
  rolloutNo: number,
  alike: readonly NewWord[],
  nowMs: number,
): Promise<void> {
  for (let from = 0; from < alike.length; from += ROWS_AT_ONCE) {
    const some = alike.slice(from, from + ROWS_AT_ONCE);
    const { version, before } = some[0]!;
    if (before === undefined) {
      const rows = some.map((word) => [word.terminalId, rolloutNo, word.version, nowMs]);
      await store.many.insert(tx, OFFER_ROWS, rows);
      continue;
    }
    // Since when it is offered holds through a pause.
    const firstMs = before.rolloutNo === rolloutNo ? {} : { firstMs: nowMs };
    const ids = some.map(({ terminalId }) => terminalId);
    await tx
      .updateTable('softwareOffers')
      .set({ rolloutNo, version, ...firstMs })
      .where(store.many.isOneOf('terminalId', ids))
      .execute();
  }
}
