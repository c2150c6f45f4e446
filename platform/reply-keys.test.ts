import { expect, it } from 'vitest';
import { lowOrderKeys } from '../base/crypto/low-order.ts';
import { OUTCOME } from '../sync/formats/answers.ts';
import { makeLookupRequest } from '../sync/formats/lookup.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { enrolTerminal, filedCase, newId, type TestTerminal } from './testing/test-terminal.ts';

/** Keys that terminals hand in are theirs to choose: one to which nothing can be sealed must stop nothing. */
describeOnBoth('reply keys', (host) => {
  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = await host.shared();
    return { test, terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)) };
  }

  it('files a case whose reply key is of low order, writes to it never, and raises an alarm', async () => {
    const { test, terminal } = await begin();
    const caseId = newId();
    const frozen = filedCase(DONGCUN, { caseReplyKey: lowOrderKeys()[2] });
    const { content } = filedCase(DONGCUN, { caseId });
    const report = {
      ...{ schema: 1, kind: 'case.frozen', caseId, submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{ localNumber: content.localNumber, slipCode: '111111', submitter: null, place: DONGCUN },
      ...{ caseReplyKey: lowOrderKeys()[0], frozenCaseIds: [frozen.caseId] },
    };
    const answered = await terminal.offer([terminal.entry(frozen.content), terminal.entry(report)]);
    expect(answered.outcomes).toEqual([OUTCOME.held, OUTCOME.held]);
    const rows = await test.platform.context.store.db
      .selectFrom('cases')
      .select(['kind', 'frozen', 'replyKey'])
      .where('terminalId', '=', terminal.terminalId)
      .orderBy('kind')
      .execute();
    expect(rows).toEqual([
      { kind: 'case', frozen: 1, replyKey: null },
      { kind: 'not-me', frozen: 0, replyKey: null },
    ]);
    expect((await terminal.feed()).items).toEqual([]);
    const alarms = await test.platform.context.store.db
      .selectFrom('alarms')
      .select('kind')
      .where('terminalId', '=', terminal.terminalId)
      .execute();
    expect(alarms).toEqual([{ kind: 'unfit-reply-key' }, { kind: 'unfit-reply-key' }]);
  });

  it('answers no look-up to a key anyone could open', async () => {
    const { terminal } = await begin();
    for (const replyKey of lowOrderKeys()) {
      const request = makeLookupRequest({ localNumber: '000000000000', slipCode: '042917', replyKey });
      expect(await terminal.call('slips', request)).toMatchObject({ error: { status: 400 } });
    }
  });
});
