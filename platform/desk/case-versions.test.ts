/** A case is read by the version of its matter that its submitter saw, however the catalog changed since. */
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { projectMatter } from '../../test/project-catalog.ts';
import { matterBook } from '../cases/matters.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase } from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const NOW = projectMatter('village-banquet');
const BEFORE = {
  ...NOW,
  version: 7,
  questions: NOW.questions.map((question, at) =>
    at === 0 ? { ...question, label: { zh: '从前的题目', en: 'A question of before' } } : question,
  ),
};
const TODAY = { ...NOW, version: 8 };
const HASH = new Uint8Array(32).fill(7);

describeOnBoth('a case of an earlier version', (host) => {
  it('shows the words of then and says so; one that nobody knows shows today’s and says that', async () => {
    const { findMade: _none, ...today } = matterBook([TODAY]);
    const findMade = (hash: Uint8Array) => (toHex(hash) === toHex(HASH) ? BEFORE : undefined);
    const test = await host.start({ book: { ...today, findMade } });
    const staff = { signIn: 'town', name: '工作人员', deskCode: '330624108', password: 'a long password' };
    await putStaff(test.platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const town = await signInAs(test.platform, 'town', 'a long password');
    const first = NOW.questions[0]?.id ?? '';
    const shownFor = async (version: number, hash: Uint8Array) => {
      const filed = filedCase(DONGCUN, {
        ...{ matter: [NOW.id, version, hash], answers: { [first]: 'wedding' } },
      });
      expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
      return (await town.get(`/cases/${toHex(filed.caseId)}`)).text;
    };

    const ofThen = await shownFor(7, HASH);
    expect(ofThen).toContain('从前的题目');
    expect(ofThen).toContain('按村民填的第 7 版显示；现在办的是第 8 版');

    const unknown = await shownFor(3, new Uint8Array(32));
    expect(unknown).not.toContain('从前的题目');
    expect(unknown).toContain('村民填的是第 3 版，这里按第 8 版的题目显示');
  });
});
