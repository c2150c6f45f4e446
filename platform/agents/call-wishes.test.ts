import { beforeAll, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { OpeningKey } from '../../base/crypto/api.ts';
import { type AgentList, findAgentList, openAgentList } from '../../sync/agent-list.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import {
  crypto,
  enrolTerminal,
  filedCase,
  newId,
  openProgress,
  type TestTerminal,
} from '../testing/test-terminal.ts';
import { enrolAgent } from './agents.ts';
import { renewLists } from './lists.ts';

const DAY_MS = 86_400_000;
const CARD = { name: '吕小兰', number: '330699197905128467' };
const RESIDENT = { name: '张秀英', number: '330699194003040023' };
const PASSWORD = 'a long password of staff';

describeOnBoth('a wish to be called', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let staffId: number;
  let agentId: Uint8Array;
  let open: OpeningKey;

  beforeAll(async () => {
    test = await host.shared();
    const { context } = test.platform;
    const town = { signIn: 'calls-town', name: '镇里', deskCode: DONGCUN.town.code, password: PASSWORD };
    await putStaff(context, town, { N: 2 ** 10, r: 8, p: 1 });
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const row = await context.store.db.selectFrom('staff').select('staffId').executeTakeFirst();
    staffId = row!.staffId;
    const untilMs = test.clock.wallMs() + 300 * DAY_MS;
    const wish = { villageCode: DONGCUN.village.code, ...CARD, untilMs };
    agentId = (await enrolAgent(context, wish, staffId)).agentId;
  }, 60_000);

  /** The agent makes keys: from now on there is a list to be read. */
  async function agentComes() {
    const sign = crypto.signingKey(crypto.randomBytes(32));
    open = crypto.openingKey(crypto.randomBytes(32));
    const holder = { ...CARD, kind: 'citizen', birth: null, sex: null, address: null };
    const content = { schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId, holder };
    await here.offer([
      here.entry({ ...content, signKey: sign.publicKey, openKey: open.publicKey }, { class: 2 }),
    ]);
  }

  async function wishes(phone: string, byCard: boolean) {
    const id = byCard ? 'agent-call' : 'agent-call-no-card';
    const matter = test.platform.context.book.find(id)!;
    const person = byCard ? { ...RESIDENT, kind: 'citizen', birth: null, sex: null, address: null } : null;
    const filed = filedCase(DONGCUN, {
      ...{ matter: [id, matter.version, new Uint8Array(32)], submitter: person, subject: person },
      ...{ basis: byCard ? 'self' : 'open', answers: { phone, when: 'evening' } },
    });
    const { outcomes } = await here.offer([here.entry(filed.content)]);
    expect(outcomes).toEqual([0]);
    return filed;
  }

  async function feed() {
    const items = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const page = await here.feed(after);
      if (page.items.length === 0) return items;
      items.push(...page.items);
      after = page.next;
    }
  }

  async function calls(): Promise<AgentList['items']> {
    await renewLists(test.platform.context);
    const lists = (await feed()).flatMap(({ kind, content }) => {
      const item = kind === FEED_KIND.agentList ? findAgentList(content) : undefined;
      const list = item && openAgentList(open, item);
      return list ? [list] : [];
    });
    return lists.at(-1)?.items.filter(({ why }) => why === 'call-back') ?? [];
  }

  const told = async (filed: Awaited<ReturnType<typeof wishes>>) =>
    openProgress(filed, await feed()).map(({ status, words }) => `${status}: ${words}`);

  async function statusOf({ caseId }: { readonly caseId: Uint8Array }) {
    const { db } = test.platform.context.store;
    const row = await db
      .selectFrom('cases')
      .selectAll()
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    return row;
  }

  it('waits for the town where no agent could read of it', async () => {
    const filed = await wishes('13800000001', true);
    expect(await told(filed)).toEqual([
      expect.stringMatching(/^accepted: 镇便民中心最迟\d+月\d+日给您打电话$/),
    ]);
    expect(await statusOf(filed)).toMatchObject({ deskCode: DONGCUN.town.code, status: 'accepted' });
    const desk = await signInAs(test.platform, 'calls-town', PASSWORD);
    const path = `/cases/${toHex(filed.caseId)}`;
    const page = (await desk.get(path)).text;
    expect(page).toMatch(/镇便民中心，\d{4}-\d\d-\d\d 以前/);
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const callBack = /name="callBack" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await desk.post(`${path}/calls`, { token, call: 'made', callBack })).status).toBe(303);
    expect((await told(filed)).at(-1)).toBe('finished: 电话打过了');
  });

  it('stands on the agent’s list with telephone and day, by the surname alone, until the call was made', async () => {
    await agentComes();
    const filed = await wishes('138 0000 0001', true);
    const [call, ...more] = await calls();
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      ...{ masked: '张*', matterId: 'agent-call', owner: CARD.name, localNumber: filed.localNumber },
      words: '电话：138 0000 0001。什么时候打：傍晚',
    });
    expect(call?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await told(filed)).toEqual([expect.stringMatching(/^accepted: 代办员吕小兰最迟/)]);
    const done = { schema: 1, kind: 'call-back.done', submissionId: newId(), callBackId: call!.itemId };
    await here.offer([here.entry({ ...done, agentId })]);
    expect(await calls()).toEqual([]);
    expect((await told(filed)).at(-1)).toBe('finished: 电话打过了');
  });

  it('is one for a person and for a telephone, however often it is asked for', async () => {
    const first = await wishes('13800000002', true);
    const again = await wishes('13800000003', true);
    const noCard = await wishes('13800000002', false);
    const other = await wishes('13800000009', false);
    const found = await calls();
    expect(found.map(({ masked, localNumber }) => `${masked} ${localNumber}`).sort()).toEqual(
      [`张* ${first.localNumber}`, `乡亲 ${other.localNumber}`].sort(),
    );
    for (const one of [again, noCard])
      expect(await told(one)).toEqual([expect.stringContaining('上次已经记下了，代办员吕小兰最迟')]);
    const call = found.find(({ localNumber }) => localNumber === first.localNumber);
    const done = { schema: 1, kind: 'call-back.done', submissionId: newId(), callBackId: call!.itemId };
    await here.offer([here.entry({ ...done, agentId })]);
    for (const one of [first, again, noCard]) expect((await statusOf(one)).status).toBe('finished');
    expect((await statusOf(other)).status).toBe('accepted');
  });

  it('is off the list when its person takes it back, unless somebody else waits for the same call', async () => {
    const first = await wishes('13800000004', true);
    const second = await wishes('13800000004', false);
    const takesBack = ({ caseId }: typeof first) =>
      here.offer([
        here.entry({ schema: 1, kind: 'case.withdrawn', caseId, submissionId: newId(), words: null }),
      ]);
    const isListed = async () => {
      const { db } = test.platform.context.store;
      const row = await db
        .selectFrom('callBacks')
        .selectAll()
        .where('caseId', '=', first.caseId)
        .executeTakeFirst();
      return row?.doneMs === null;
    };
    await takesBack(first);
    expect(await isListed()).toBe(true);
    await takesBack(second);
    expect(await isListed()).toBe(false);
  });

  it('is in clear nowhere: neither telephone nor number can be read from what is noted', async () => {
    const filed = await wishes('13800000005', true);
    const rows = await test.platform.context.store.db.selectFrom('callWishes').selectAll().execute();
    const row = rows.find(({ caseId }) => equalBytes(new Uint8Array(caseId), filed.caseId));
    expect(row?.phoneMark).toHaveLength(16);
    expect(row?.personMark).toHaveLength(16);
  });
});
