/** Cases to measure with: the old-age allowance of made-up people, checked and filed as a visit does it. */
import type { Crypto } from '../../base/crypto/api.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { type CaseWish, checkCase } from '../../terminal/cases/check.ts';
import { fileCase } from '../../terminal/cases/file.ts';
import { makeCaseIds } from '../../terminal/cases/ids.ts';
import type { PersonMemory } from '../../terminal/keeper.ts';
import type { OpenedKeeper } from '../../terminal/open-keeper.ts';
import { contentPlace } from '../../terminal/visit/desk.ts';
import { ALLOWANCE } from '../../terminal/visit/testing/fill-in.ts';
import { ELDER, numberOf, readOf } from '../../terminal/visit/testing/people.ts';
import { SITE } from '../../terminal/visit/testing/site.ts';
import { projectMatter } from '../project-catalog.ts';

/** Who comes comes a few times: a person's next row is looked for behind those there are. */
const CASES_EACH = 5;

/** Hands out cases ready to be submitted. */
export interface CaseDesk {
  /** All that happens before "submit" is touched; the answer is what happens then. Throws when it is refused. */
  prepare(): () => void;
}

/** A desk that files on `opened`, with a new person every few cases. */
export function openCaseDesk(opened: OpenedKeeper, crypto: Crypto): CaseDesk {
  const matter = projectMatter('old-age-allowance');
  const place = contentPlace(SITE);
  let count = 0;
  let memory: PersonMemory | undefined;
  let wish: CaseWish | undefined;

  function welcome(): { readonly wish: CaseWish; readonly memory: PersonMemory } {
    if (wish === undefined || memory === undefined || count % CASES_EACH === 0) {
      memory?.close();
      const card = readOf({ ...ELDER, number: numberOfPerson(Math.floor(count / CASES_EACH)) });
      const opening = opened.keeper.openMemory(card);
      invariant(opening.ok, 'the sample photo is fit');
      memory = opening.value;
      wish = {
        matter,
        basis: 'self',
        answers: ALLOWANCE,
        submitter: card,
        proof: null,
        cards: [],
        files: [],
        slots: new Map(),
        shared: [],
      };
    }
    count += 1;
    return { wish, memory };
  }

  return {
    prepare() {
      const { wish, memory } = welcome();
      const ids = makeCaseIds(systemRandom);
      return () => {
        const nowMs = Date.now();
        const checked = checkCase(wish, { crypto, time: opened.time, online: true });
        invariant(checked.ok, `the sample case is sound: ${checked.ok ? '' : checked.error.code}`);
        const filed = fileCase(checked.value, ids, {
          ...{ keeper: opened.keeper, crypto, nowMs, lang: 'zh', place, memory },
        });
        invariant(filed.ok, `the sample case is kept: ${filed.ok ? '' : filed.error}`);
      };
    },
  };
}

/** Another number for each of a few thousand people, all of them over eighty. */
function numberOfPerson(index: number): string {
  const day = String(1 + Math.floor(index / 900)).padStart(2, '0');
  return numberOf(`193803${day}`, String(100 + (index % 900)));
}
