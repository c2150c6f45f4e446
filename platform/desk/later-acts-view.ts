/** Which agents had a hand in what happened to a case after it was filed, and whether their own key says so. */
import { equalBytes } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { type JudgedAct, judgeActs } from '../agents/acts.ts';
import type { CaseAction } from '../cases/machine.ts';
import type { PlatformContext } from '../context.ts';
import { submittedMs } from '../intake/filing.ts';
import { openInside } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { actView } from './agents-view.ts';
import { row as line } from './content-view.ts';
import { momentWords } from './list-page.ts';

/** What an agent may do to a case of a resident's. */
const DONE = {
  supplement: '补材料',
  'late-supplement': '补材料',
  'extra-supplement': '补材料',
  withdraw: '撤回',
  'late-withdraw': '撤回',
  collect: '取结果',
} as const satisfies Partial<Record<CaseAction, string>>;

const isLater = (action: string): action is keyof typeof DONE => Object.hasOwn(DONE, action);

/** One line for each agent of each later entry; nothing where no agent is named. */
export async function laterActsView(context: PlatformContext, row: CaseRow): Promise<Html | null> {
  const entries = await context.store.db
    .selectFrom('caseActions')
    .innerJoin('bodies', 'bodies.entryId', 'caseActions.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .select(['caseActions.action', 'bodies.entryId', 'bodies.body', 'headers.header'])
    .where('caseActions.caseId', '=', row.caseId)
    .where('caseActions.action', 'in', Object.keys(DONE))
    .orderBy('caseActions.no')
    .execute();
  const lines: Html[] = [];
  for (const { action, entryId, body, header } of entries) {
    if (!isLater(action) || equalBytes(entryId, row.entryId)) continue;
    const read = parseHeader(header);
    invariant(read.ok, 'a header that was held can be read');
    const atMs = submittedMs(read.value);
    for (const act of await judged(context, { entryId, atMs, ...openInside(context, read.value, body) }))
      lines.push(line(`${momentWords(atMs)} ${DONE[action]}`, actView(act)));
  }
  return lines.length === 0
    ? null
    : html`<section class="card"><h2>后来代办员办的</h2><dl>${lines}</dl></section>`;
}

function judged(
  context: PlatformContext,
  entry: ReturnType<typeof openInside> & { readonly entryId: Uint8Array; readonly atMs: number },
): Promise<readonly JudgedAct[]> {
  const { entryId, atMs, content, acts } = entry;
  const plain = decodeContent(content);
  const named = plain.ok ? (plain.value as { readonly actors?: unknown } | null)?.actors : undefined;
  return judgeActs(context.store.db, context.crypto, {
    ...{ entryId, submittedMs: atMs, signed: { content, acts } },
    actors: Array.isArray(named) ? named : [],
  });
}
