/** From bytes a terminal offered to what may be committed: names, keys, attachments, trial opening. */
import { LIMITS } from '../../sync/formats/entry.ts';
import type { OfferedEntryMessage } from '../../sync/formats/messages.ts';
import type { Db } from '../store/store.ts';
import type { Judged, Opening, OpeningTask } from './open-entry.ts';
import type { Opener } from './opener.ts';
import type { OpeningKeys } from './opening-keys.ts';

/** Attachments held in memory for one batch: what one entry may list. What comes after is tried later. */
const ATTACHMENT_BYTES = LIMITS.attachments * LIMITS.attachmentBytes;

type Tools = { readonly db: Db; readonly opener: Opener; readonly openingKeys: OpeningKeys };
type Listing = Extract<Opening, { kind: 'lists' }>;

/** Judges a batch of one terminal's entries, in the order given. */
export async function judgeBatch(
  tools: Tools,
  terminalId: Uint8Array,
  offered: readonly OfferedEntryMessage[],
): Promise<readonly Judged[]> {
  const { db } = tools;
  const signKeys = await db
    .selectFrom('terminalKeys')
    .select(['keyId', 'publicKey'])
    .where('terminalId', '=', terminalId)
    .execute();
  const tasks = offered.map(
    (one): OpeningTask => ({ offered: one, terminalId, signKeys, attachments: null }),
  );
  const openings = await openAll(tools, tasks);
  const again: OpeningTask[] = [];
  const budget = { bytes: ATTACHMENT_BYTES };
  for (const [index, opening] of openings.entries()) {
    if (opening.kind !== 'lists') continue;
    const attachments = await findAttachments(db, opening, budget);
    if (attachments) again.push({ ...tasks[index]!, attachments });
  }
  const reopened = again.length > 0 ? await openAll(tools, again) : [];
  const byOffer = new Map(again.map(({ offered: one }, index) => [one, reopened[index]]));
  return openings.map((opening, index) => {
    if (opening.kind !== 'lists') return opening;
    const judged = byOffer.get(offered[index]!);
    return judged === undefined || judged.kind === 'lists' ? { kind: 'later', name: opening.name } : judged;
  });
}

/** Opens them; what lacks a key is tried once more where another gateway has made one meanwhile. */
async function openAll(
  { opener, openingKeys }: Tools,
  tasks: readonly OpeningTask[],
): Promise<readonly Opening[]> {
  const setNumber = openingKeys.setNumber();
  const openings = await opener.open(tasks);
  const lacking = tasks.filter((_, index) => openings[index]?.kind === 'later');
  if (lacking.length === 0 || openingKeys.takeNew() === setNumber) return openings;
  const reopened = (await opener.open(lacking)).values();
  return openings.map((opening) => (opening.kind === 'later' ? reopened.next().value! : opening));
}

/** The sealed files a header lists, in its order; nothing while one is missing, or when they would be too much. */
async function findAttachments(
  db: Db,
  { files: listed }: Listing,
  budget: { bytes: number },
): Promise<readonly Uint8Array[] | undefined> {
  budget.bytes -= listed.reduce((sum, file) => sum + file.bytes, 0);
  if (budget.bytes < 0) return undefined;
  const files: Uint8Array[] = [];
  for (const { hash } of listed) {
    const row = await db
      .selectFrom('attachments')
      .select('content')
      .where('name', '=', hash)
      .executeTakeFirst();
    if (!row) return undefined;
    files.push(row.content);
  }
  return files;
}
