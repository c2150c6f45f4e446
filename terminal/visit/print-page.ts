/** The page of a paper: what will stand on it, then how its printing goes. */
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import type { PrintState } from '../certificate/print-desk.ts';
import type { Desk } from './desk.ts';
import { maskName } from './mask.ts';
import { copiesOf, factsOf, findOrder, findPaperState, sortReady } from './paper.ts';
import { linesOf, told } from './shared-pages.ts';
import { findSubjectName } from './subject.ts';
import type { Filling, Visit } from './visit.ts';

type PrintPage = Extract<Page, { kind: 'print' }>;

/** Lines of what was found that stand on the page beside its heading, facts and keys. */
const LINES = 6;

const FOR_WHOM = { zh: '给谁打', en: 'For' };
const HOW_MANY = { zh: '打几份', en: 'Copies' };
const COPIES = (n: number) => ({ zh: `${n} 份`, en: String(n) });

/** The page, as its matter stands. */
export function printPage(visit: Visit, filling: Filling, head: PrintPage['head'], desk: Desk): PrintPage {
  const { matter } = filling;
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === matter.certificate?.shared?.dataSet);
  const state = findPaperState(filling, desk);
  const content = typeof state === 'object' && state?.ok ? state.value : undefined;
  const sorted = content?.outcome === 'found' ? sortReady(content, matter) : undefined;
  const found = sorted === undefined ? [] : linesOf(sorted.content);
  const longest = Math.max(1, ...found.map(({ length }) => length));
  const name = findSubjectName(visit, filling);
  const copies = copiesOf(filling);
  return {
    ...{ kind: 'print', head, official: matter.name.official, from: dataSet?.from ?? null },
    ...stateOf(state),
    facts: [
      ...(name === null ? [] : [{ label: FOR_WHOM, value: same(maskName(name)) }]),
      ...factsOf(filling),
      ...(copies > 1 && !factsOf(filling).some(({ label }) => label.zh === '份数')
        ? [{ label: HOW_MANY, value: COPIES(copies) }]
        : []),
    ],
    records: found.slice(0, Math.max(1, Math.floor(LINES / longest))),
    total: found.length,
    waiting: sorted?.waiting ?? 0,
    printable: findOrder(visit, filling, desk) !== undefined,
    printer: desk.devices().documentPrinter,
    run: runOf(filling, desk),
  };
}

function stateOf(
  state: ReturnType<typeof findPaperState>,
): Pick<PrintPage, 'state' | 'asOfMs' | 'afterS' | 'mayAskAgain'> {
  if (state === null) return { state: 'found', asOfMs: null, afterS: null, mayAskAgain: false };
  if (state === undefined) return { ...told(undefined), state: 'not-agreed', mayAskAgain: false };
  return told(state);
}

function runOf({ printing, matter }: Filling, desk: Desk): PrintPage['run'] {
  if (printing === null) return { at: 'preview' };
  if (printing.taken) return { at: 'taken' };
  const state: PrintState = desk.prints.find(printing.printId) ?? { at: 'printed', sheets: 0 };
  switch (state.at) {
    case 'printing':
      return state;
    case 'printed':
      return { at: 'take', sheets: state.sheets };
    case 'failed':
      return { ...state, voided: matter.certificate?.shared !== undefined };
  }
}
