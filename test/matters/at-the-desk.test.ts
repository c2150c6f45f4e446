/** Every matter that is filed, from a terminal's authority to a real platform: its copy at the desk is what was answered. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { answerValueSchema, type Matter } from '../../catalog/schema.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { getContent } from '../../platform/intake/read-body.ts';
import { html } from '../../platform/pages/html.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../../platform/testing/test-platform.ts';
import { signInAs, type TestStaff } from '../../platform/testing/test-staff.ts';
import { enrolTerminal, type TestTerminal } from '../../platform/testing/test-terminal.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { CaseContent } from '../../sync/contents.ts';
import { basesOf, drawHolder } from './draw.ts';
import { type Draw, fillIn } from './fill-in.ts';
import { CATALOG, openMatter, openStation } from './station.ts';
import { keptCase } from './ways.ts';

const FILED = new Set<Matter['kind']>(['apply', 'report', 'book']);
const BATCH = 25;
/** Guesses are cheap here, so that the suite is quick. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const DESKS = [DONGCUN.county.code, DONGCUN.town.code, DONGCUN.village.code];

let seed = 0;
const draw: Draw = (arbitrary) => {
  seed += 1;
  return fc.sample(arbitrary, { numRuns: 1, seed })[0] as never;
};

/** A case of a matter as the terminal kept it, without the files, which travel by themselves; its machine stands in a real village. */
async function filed(matter: Matter): Promise<CaseContent> {
  const bench = openStation();
  openMatter(bench, matter, drawHolder(matter, draw));
  const bases = basesOf(matter);
  const basis = bases[seed % bases.length] ?? 'self';
  bench.act({ type: 'start', basis });
  await fillIn({ bench, matter, basis, draw, agrees: false, records: [] });
  bench.act({ type: 'submit' });
  return { ...keptCase(bench, matter), attachments: [], place: DONGCUN };
}

/** The words a desk must find for each answer, as its page writes them. */
function wordsOf(matter: Matter, { answers }: CaseContent): readonly string[] {
  return matter.questions.flatMap((question) => {
    const answer = answerValueSchema.safeParse(answers[question.id]);
    if (!answer.success || question.type === 'person-card') return [];
    return [question.label.zh, describeAnswer(question, answer.data, 'desk').zh].map(
      (text) => html`${text}`.markup,
    );
  });
}

describeOnBoth('every matter at the desk', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  const staff = new Map<string, TestStaff>();

  beforeAll(async () => {
    test = await host.shared();
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    for (const deskCode of DESKS) {
      const signIn = `desk-${deskCode}`;
      await putStaff(
        test.platform.context,
        { signIn, name: '工作人员', deskCode, password: PASSWORD },
        CHEAP,
      );
      staff.set(deskCode, await signInAs(test.platform, signIn, PASSWORD));
    }
  });
  afterAll(() => staff.clear());

  it('is held as it was kept, and shown answer for answer', async () => {
    const cases = [];
    for (const matter of CATALOG.matters.filter(({ kind }) => FILED.has(kind))) {
      const content = await filed(matter);
      cases.push({ matter, content, entry: terminal.entry(content) });
    }
    expect(cases.length).toBeGreaterThan(100);
    for (let at = 0; at < cases.length; at += BATCH) {
      const entries = cases.slice(at, at + BATCH).map(({ entry }) => entry);
      expect((await terminal.offer(entries)).outcomes).toEqual(entries.map(() => 0));
    }
    const { context } = test.platform;
    for (const { matter, content, entry } of cases) {
      expect(await getContent(context, entry.header.entryId)).toEqual(encodeContent(content));
      const row = await context.store.db
        .selectFrom('cases')
        .select(['deskCode', 'matterId'])
        .where('caseId', '=', content.caseId)
        .executeTakeFirstOrThrow();
      expect(row.matterId).toBe(matter.id);
      const page = await staff.get(row.deskCode)?.get(`/cases/${toHex(content.caseId)}`);
      expect([matter.id, page?.status]).toEqual([matter.id, 200]);
      const missing = wordsOf(matter, content).filter((words) => !page?.text.includes(words));
      expect([matter.id, missing]).toEqual([matter.id, []]);
    }
  }, 120_000);
});
