/** What becomes of a committed version that stumbles: it is started again, or the one before it is. */
import type { Files } from './files.ts';
import { haveOneStore } from './fit.ts';
import type { Patience } from './judge.ts';
import type { Ledger } from './ledger.ts';
import { isSame, OTHER, type VersionRef } from './states.ts';
import { findVersion, findWholeVersion, refOf } from './whole.ts';

/** Notes what its footing says. `back`: the other folder's turn has come. */
export async function walkOn(
  run: { readonly ledger: Ledger; readonly files: Files; readonly patience: Pick<Patience, 'mostStumbles'> },
  step: 'stumbled' | 'lasted' | undefined,
): Promise<'goes-on' | 'back'> {
  const { ledger, files, patience } = run;
  if (step === undefined) return 'goes-on';
  // On a disk that takes nothing it is counted in memory: such a machine must find its way back too.
  ledger.happenedAnyway({ type: step });
  if (ledger.state().stumbles < patience.mostStumbles) return 'goes-on';
  const from = await findWayBack(ledger, files);
  ledger.happenedAnyway(from === undefined ? { type: 'no-way-back' } : { type: 'given-up', from });
  return from === undefined ? 'goes-on' : 'back';
}

/** What is to be left, where the other folder holds the version before, whole, and that can read the store. */
async function findWayBack(ledger: Ledger, files: Files): Promise<VersionRef | undefined> {
  const { on, before } = ledger.state();
  const from = findVersion(files, on);
  const to = await findWholeVersion(files, OTHER[on]);
  if (from === undefined || to === undefined || before === null || !isSame(to, before)) return undefined;
  return haveOneStore(from.said.store, to.said.store) ? refOf(from) : undefined;
}
