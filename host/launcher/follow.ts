/** What becomes of a wish of the running version. */
import type { Files } from './files.ts';
import { findMisfit } from './fit.ts';
import type { Ledger } from './ledger.ts';
import { isRefused, isSame, OTHER } from './states.ts';
import type { WishRefusal } from './status.ts';
import { findVersion, findWholeVersion, type Version } from './whole.ts';
import { type ChangeWish, takeCallOff, takeWish, type Wish } from './wishes.ts';

/** Follows the wish that waits, if one does, and answers it. True when what runs is to be ended, and what the state says started. */
export async function followWish(ledger: Ledger, files: Files, machine: string): Promise<boolean> {
  const wish = takeWish(files);
  if (wish === undefined) return false;
  if (wish === 'malformed') {
    ledger.tell({ id: '', ok: false, why: wish });
    return false;
  }
  const { id } = wish;
  // A trial is not begun anew for the asking: it has few attempts.
  const isTrial = ledger.state().phase === 'trial';
  const why = isTrial ? 'trial' : await findRefusal(ledger, files, machine, wish);
  ledger.tell(why === undefined ? { id, ok: true } : { id, ok: false, why });
  return why === undefined && wish.wish !== 'stage';
}

async function findRefusal(
  ledger: Ledger,
  files: Files,
  machine: string,
  wish: Wish,
): Promise<WishRefusal | undefined> {
  if (wish.wish === 'restart') return undefined;
  // It came before the switch was looked at.
  if (wish.wish === 'call-off') return 'called-off';
  const state = ledger.state();
  if (wish.wish === 'switch' && !(state.phase === 'staged' && isSame(state.next, wish.version))) {
    return 'not-staged';
  }
  const other = OTHER[state.on];
  const found = findVersion(files, other);
  if (found === undefined || !isSame(found, wish.version)) return damaged(ledger, wish, 'not-there');
  const against = wish.wish === 'stage' ? findObjection(ledger, files, machine, wish, found) : undefined;
  if (against !== undefined) return against;
  if ((await findWholeVersion(files, other)) === undefined) return damaged(ledger, wish, 'damaged');
  // Reading all of it took its time: somebody may stand there by now.
  if (wish.wish === 'switch' && takeCallOff(files, wish.id)) return 'called-off';
  const { type, version } = { type: wish.wish, version: wish.version };
  const taken =
    type === 'switch'
      ? ledger.happened({ type, version })
      : ledger.happened({ type, version, byOrder: wish.byOrder });
  return taken ? undefined : 'disk';
}

/** A staged version that is not whole any more is staged no longer: it may be fetched anew. */
function damaged(ledger: Ledger, wish: ChangeWish, why: WishRefusal): WishRefusal {
  if (wish.wish === 'switch') ledger.happenedAnyway({ type: 'damaged' });
  return why;
}

function findObjection(
  ledger: Ledger,
  files: Files,
  machine: string,
  { version, byOrder }: ChangeWish,
  found: Version,
): WishRefusal | undefined {
  const running = findVersion(files, ledger.state().on);
  if (running === undefined) return 'damaged';
  if (!byOrder && isRefused(ledger.state(), version)) return 'refused';
  if (!byOrder && version.version <= running.version) return 'older';
  return findMisfit(running.said, found.said, machine);
}
