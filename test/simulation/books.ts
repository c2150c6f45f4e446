/** What the platform's own books must say at the end: the account of every journal, and the alarms. */
import { toHex } from '../../base/bytes.ts';
import { accountOf } from '../../platform/ledger/account.ts';
import type { Breach } from './ledger.ts';
import type { PlatformRun } from './platform.ts';

/** What is held against the books. */
export interface Books {
  readonly platform: PlatformRun;
  /** Whether a disk was copied, and both machines ran on. */
  readonly isCloned: boolean;
}

/** Law 4: the platform's account of each journal, and no alarm without cause, nor a cause without alarm. */
export async function checkBooks(books: Books): Promise<readonly Breach[]> {
  return [...(await accounts(books)), ...(await alarms(books))];
}

async function accounts({ platform, isCloned }: Books): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'law 4', how });
  const { db } = platform.store;
  const journals = await db.selectFrom('journals').select(['terminalId', 'journalId', 'forked']).execute();
  for (const { terminalId, journalId, forked } of journals) {
    const account = await accountOf(db, terminalId, journalId);
    const about = `the platform's account of journal ${toHex(journalId.subarray(0, 4))}`;
    if (account.missing.length > 0) say(`${about}: missing ${JSON.stringify(account.missing)}`);
    if (account.refused.length > 0) say(`${about}: refused ${JSON.stringify(account.refused)}`);
    if (account.broken.length > 0) say(`${about}: broken links at ${JSON.stringify(account.broken)}`);
    if (account.held !== account.top) say(`${about}: ${account.held} of ${account.top} held`);
    if (account.forks.length > 0 && !isCloned) say(`${about}: forks at ${JSON.stringify(account.forks)}`);
    if (account.forks.length > 0 !== (forked === 1))
      say(`${about}: a fork that was not seen, or none that was`);
  }
  return breaches;
}

/** What nothing gives cause for. A late message may look like a clone or an older disk. */
const NEVER_RUNG = ['entry-id-reused', 'bad-supersede', 'refused', 'case-id-reused'];
/** What only two machines with one disk give cause for. */
const CLONES_RING = ['fork', 'broken-link'];
/** Two machines with one disk are found out by one of these. */
const TELL_OF_CLONES = ['fork', 'clone-mark', 'head-behind', 'old-key'];

async function alarms({ platform, isCloned }: Books): Promise<readonly Breach[]> {
  const rows = await platform.store.db.selectFrom('alarms').select(['kind', 'detail']).execute();
  const wrong = isCloned ? NEVER_RUNG : [...NEVER_RUNG, ...CLONES_RING];
  const breaches = rows
    .filter(({ kind }) => wrong.includes(kind))
    .map(({ kind, detail }) => ({ law: 'law 4', how: `an alarm without cause: ${kind} ${detail}` }));
  if (isCloned && !rows.some(({ kind }) => TELL_OF_CLONES.includes(kind)))
    breaches.push({ law: 'law 4', how: 'two machines run on one disk, and no alarm rang' });
  return breaches;
}
