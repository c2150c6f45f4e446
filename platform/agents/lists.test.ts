import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { type AgentList, findAgentList, openAgentList } from '../../sync/agent-list.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { actOnCase } from '../cases/act.ts';
import { putStaff } from '../desk/staff.ts';
import type { Outbox } from '../feed/outbox.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { enrolAgent, findAgent, revokeAgent } from './agents.ts';
import { renewLists } from './lists.ts';

const DAY_MS = 86_400_000;
const CARD = { name: '吕小兰', number: '330699197905128467' };
const RESIDENT = { name: '张秀英', number: '330699194003040023' };

interface OwnKeys {
  readonly agentId: Uint8Array;
  readonly sign: SigningKey;
  readonly open: OpeningKey;
}

describeOnBoth('an agent’s list', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let staffId: number;
  let own: OwnKeys;

  beforeAll(async () => {
    test = await host.shared();
    const staff = { signIn: 'lists', name: '示例', deskCode: '330624', password: 'a long password of staff' };
    await putStaff(test.platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const row = await test.platform.context.store.db.selectFrom('staff').select('staffId').executeTakeFirst();
    staffId = row!.staffId;
    own = await agentHere();
  }, 60_000);

  async function agentHere(): Promise<OwnKeys> {
    const wish = { villageCode: DONGCUN.village.code, ...CARD, untilMs: test.clock.wallMs() + 300 * DAY_MS };
    const { agentId } = await enrolAgent(test.platform.context, wish, staffId);
    const sign = crypto.signingKey(crypto.randomBytes(32));
    const open = crypto.openingKey(crypto.randomBytes(32));
    const holder = { ...CARD, kind: 'citizen', birth: null, sex: null, address: null };
    const content = { schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId, holder };
    const keys = { signKey: sign.publicKey, openKey: open.publicKey };
    const { outcomes } = await here.offer([here.entry({ ...content, ...keys }, { class: 2 })]);
    expect(outcomes).toEqual([0]);
    return { agentId, sign, open };
  }

  /** A case that an agent handed in beside its resident. */
  async function filedBy({ agentId, sign }: OwnKeys, matterId: string, more: object = {}) {
    const person = { ...RESIDENT, kind: 'citizen', birth: null, sex: null, address: null };
    const agentKeyId = keyId(crypto, sign.publicKey);
    const roster = { version: 1, stale: false };
    const actor = { role: 'agent', agentId, agentKeyId, by: 'card', roster };
    const matter = test.platform.context.book.find(matterId)!;
    const filed = filedCase(DONGCUN, {
      ...{ matter: [matter.id, matter.version, new Uint8Array(32)], submitter: person, subject: person },
      actors: [{ role: 'submitter' }, actor],
      ...more,
    });
    const { outcomes } = await here.offer([here.entry(filed.content, { agentKey: sign })]);
    expect(outcomes).toEqual([0]);
    return filed.caseId;
  }

  async function act(
    caseId: Uint8Array,
    action: 'accept' | 'ask-supplement' | 'finish' | 'refuse',
    more = {},
  ) {
    const { context } = test.platform;
    const done = await context.store.transaction((tx) => {
      const outbox: Outbox = [];
      const key = Buffer.from(crypto.randomBytes(9)).toString('base64url');
      const rest = { provinceNumber: null, staffId, entryId: null, seenActionCount: null };
      return actOnCase(tx, context, { caseId, action, actionKey: key, words: '', ...rest, ...more }, outbox);
    });
    expect(done.ok, JSON.stringify(done)).toBe(true);
  }

  async function lists(): Promise<readonly AgentList[]> {
    await renewLists(test.platform.context);
    const found: AgentList[] = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const page = await here.feed(after);
      if (page.items.length === 0) return found;
      for (const { kind, content } of page.items) {
        const item = kind === FEED_KIND.agentList ? findAgentList(content) : undefined;
        if (!item || !equalBytes(item.agentId, own.agentId)) continue;
        const list = openAgentList(own.open, item);
        if (list) found.push(list);
      }
      after = page.next;
    }
  }
  const items = async () => (await lists()).at(-1)?.items ?? [];
  const itemFor = async (caseId: Uint8Array) =>
    (await items()).find(({ itemId }) => equalBytes(itemId, caseId));

  it('says what is asked for, of whom by the surname alone, and is sealed to the agent', async () => {
    const caseId = await filedBy(own, 'health-check');
    await act(caseId, 'ask-supplement', {
      words: `请${RESIDENT.name}带户口本`,
      parts: { ask: { items: [], by: '2026-07-01', note: `请${RESIDENT.name}带户口本` } },
    });
    const item = await itemFor(caseId);
    expect(item).toMatchObject({
      why: 'supplement',
      masked: '张*',
      day: '2026-07-01',
      words: '请张*带户口本',
    });
    const foreign = crypto.openingKey(crypto.randomBytes(32));
    const page = await here.feed();
    const sealed = page.items.find(({ kind }) => kind === FEED_KIND.agentList);
    if (sealed) expect(openAgentList(foreign, findAgentList(sealed.content)!)).toBeUndefined();
    const all = await lists();
    const versions = all.map(({ version }) => version);
    expect([...versions].sort((a, b) => a - b)).toEqual(versions);
  });

  /** A case that its resident handed in alone, and one thing done to it beside an agent, who signed or did not. */
  async function suppliedBy(by: OwnKeys, kind: string, signer: SigningKey | null, before = false) {
    const matter = test.platform.context.book.find('health-check')!;
    const filed = filedCase(DONGCUN, { matter: [matter.id, matter.version, new Uint8Array(32)] });
    const { caseId } = filed;
    const agentKeyId = keyId(crypto, by.sign.publicKey);
    const roster = { version: 1, stale: false };
    const actor = { role: 'agent', agentId: by.agentId, agentKeyId, by: 'card', roster };
    const more = { caseId, submissionId: newId(), words: null, answers: {}, attachments: [] };
    const content = { schema: 1, kind, ...more, actors: [actor] };
    const deed = here.entry(content, signer === null ? {} : { agentKey: signer });
    const entries = [here.entry(filed.content), deed];
    for (const entry of before ? entries.reverse() : entries)
      expect((await here.offer([entry])).outcomes).toEqual([0]);
    return { caseId, entryId: deed.header.entryId };
  }

  const isTheirs = async (caseId: Uint8Array) =>
    (await test.platform.context.store.db
      .selectFrom('agentCases')
      .select('agentId')
      .where('caseId', '=', caseId)
      .executeTakeFirst()) !== undefined;

  it('has the case of whom they only supplied something for, also where that came first', async () => {
    for (const before of [false, true]) {
      const { caseId } = await suppliedBy(own, 'case.supplemented', own.sign, before);
      const ask = { items: [], by: '2026-07-02', note: '请带户口本' };
      await act(caseId, 'ask-supplement', { words: '请带户口本', parts: { ask } });
      expect(await itemFor(caseId)).toMatchObject({ why: 'supplement', words: '请带户口本' });
    }
  });

  it('has nothing of what somebody else signed, or nobody did, or what had no effect; the county is told', async () => {
    const alarmsOf = async (entryId: Uint8Array) =>
      (await test.platform.context.store.db.selectFrom('alarms').select(['kind', 'alarmKey']).execute())
        .filter(({ alarmKey }) => alarmKey.includes(toHex(entryId)))
        .map(({ kind }) => kind);
    for (const signer of [null, crypto.signingKey(crypto.randomBytes(32))]) {
      const { caseId, entryId } = await suppliedBy(own, 'case.supplemented', signer);
      expect(await isTheirs(caseId)).toBe(false);
      expect(await alarmsOf(entryId)).toContain('act-wrong');
    }
    // Nothing to fetch yet: it is held, and moved nothing.
    const { caseId, entryId } = await suppliedBy(own, 'case.collected', own.sign);
    expect(await alarmsOf(entryId)).toContain('unfiled');
    expect(await isTheirs(caseId)).toBe(false);
  });

  it('says a refusal with its reason, and a result until it is collected', async () => {
    const refused = await filedBy(own, 'health-check');
    await act(refused, 'accept');
    await act(refused, 'refuse', {
      words: '户籍不在本县',
      parts: { remedy: { words: '到户籍地去办', by: '2026-08-01' } },
    });
    expect(await itemFor(refused)).toMatchObject({
      ...{ why: 'refused', day: '2026-08-01', words: '户籍不在本县。到户籍地去办' },
    });
    const done = await filedBy(own, 'health-check');
    await act(done, 'accept');
    await act(done, 'finish', { parts: { result: { how: 'collect', where: '镇便民中心', matterId: null } } });
    expect(await itemFor(done)).toMatchObject({ why: 'result', words: '镇便民中心' });
    const collected = { schema: 1, kind: 'case.collected', caseId: done, submissionId: newId(), how: 'card' };
    await here.offer([here.entry(collected)]);
    expect(await itemFor(done)).toBeUndefined();
  });

  it('holds a promised call until it was made, by whoever promised it', async () => {
    const caseId = await filedBy(own, 'health-check');
    const submissionId = newId();
    const said = { schema: 1, submissionId, agentId: own.agentId };
    const promise = {
      ...said,
      kind: 'call-back.promised',
      caseId,
      localNumber: '830625120047',
      day: '2026-06-20',
    };
    await here.offer([here.entry(promise)]);
    expect((await items()).find(({ why }) => why === 'call-back')).toMatchObject({
      ...{ day: '2026-06-20', owner: CARD.name, masked: '张*' },
    });
    const done = { schema: 1, kind: 'call-back.done', submissionId: newId(), callBackId: submissionId };
    const other = await agentHere();
    await here.offer([here.entry({ ...done, agentId: other.agentId })]);
    expect((await items()).some(({ why }) => why === 'call-back')).toBe(true);
    await here.offer([here.entry({ ...done, submissionId: newId(), agentId: own.agentId })]);
    expect((await items()).some(({ why }) => why === 'call-back')).toBe(false);
  });

  it('is matched by the desk, which promises calls too, and is told of what is past its day', async () => {
    const { db } = test.platform.context.store;
    const desk = await signInAs(test.platform, 'lists', 'a long password of staff');
    const caseId = await filedBy(own, 'health-check');
    await db.updateTable('cases').set({ deskCode: '330624' }).where('caseId', '=', caseId).execute();
    const path = `/cases/${toHex(caseId)}`;
    const day = isoDate(test.clock.wallMs());
    const token = /name="token" value="([^"]+)"/.exec((await desk.get(path)).text)?.[1] ?? '';
    const posts = (fields: Record<string, string>) => desk.post(`${path}/calls`, { token, ...fields });
    expect((await posts({ call: 'promise', day: '2020-01-01' })).status).toBe(404);
    expect((await posts({ call: 'promise', day })).status).toBe(303);
    expect((await desk.get(path)).text).toContain(`示例，${day} 以前`);
    expect((await desk.get('/')).text).not.toContain('late-calls');
    await db.updateTable('callBacks').set({ day: '2020-01-01' }).where('caseId', '=', caseId).execute();
    expect((await desk.get('/')).text).toMatch(/id="late-calls">.*2020-01-01/s);
    const row = await db.selectFrom('callBacks').selectAll().where('caseId', '=', caseId).executeTakeFirst();
    const made = { call: 'made', callBack: toHex(row!.callBackId) };
    expect((await posts(made)).status).toBe(303);
    expect((await desk.get('/')).text).not.toContain('late-calls');
    expect((await desk.get(path)).text).toContain('打过了');
  });

  it('never says a name, nor anything of what is the county’s alone, whatever happens to the cases', async () => {
    const { context } = test.platform;
    const secret = `${RESIDENT.name}`;
    const complaints = context.book
      .all()
      .filter(({ route, kind }) => kind === 'report' || route.length === 1)
      .map(({ id }) => id);
    const matters = ['health-check', 'old-age-allowance', ...complaints.slice(0, 3)];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...matters),
        fc.constantFrom('ask-supplement', 'refuse', 'finish', 'none'),
        fc.boolean(),
        async (matterId, step, countyOnly) => {
          const caseId = await filedBy(own, matterId);
          if (countyOnly)
            await context.store.db
              .updateTable('cases')
              .set({ countyOnly: 1 })
              .where('caseId', '=', caseId)
              .execute();
          const row = await context.store.db
            .selectFrom('cases')
            .selectAll()
            .where('caseId', '=', caseId)
            .executeTakeFirstOrThrow();
          const words = `${secret} ${RESIDENT.number} 请来`;
          if (step !== 'none') {
            await act(caseId, 'accept');
            const note = { ask: { items: [], by: null, note: words } };
            const remedy = { remedy: { words, by: null } };
            const result = { result: { how: 'collect', where: words, matterId: null } };
            const parts = { 'ask-supplement': note, refuse: remedy, finish: result }[step];
            await act(caseId, step, { words, parts });
          }
          const list = (await lists()).at(-1)!;
          const text = JSON.stringify(list.items);
          expect(text).not.toContain(RESIDENT.name);
          expect(text).not.toContain(RESIDENT.name.slice(1));
          expect(text).not.toContain(RESIDENT.number);
          const item = list.items.find(({ itemId }) => equalBytes(itemId, caseId));
          if (row.countyOnly === 1) expect(item).toBeUndefined();
          if (context.book.find(matterId)?.private && item)
            expect(item).toMatchObject({ matterId: null, words: null });
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it('is made no more for whoever was revoked', async () => {
    const other = await agentHere();
    const agent = (await findAgent(test.platform.context.store.db, other.agentId))!;
    await revokeAgent(test.platform.context, agent, staffId);
    await filedBy(own, 'health-check');
    await lists();
    const rows = await test.platform.context.store.db.selectFrom('agentLists').selectAll().execute();
    const theirs = rows.filter(({ agentId }) => equalBytes(agentId, other.agentId));
    expect(theirs.every(({ version, wanted }) => version === 0 || wanted === 0)).toBe(true);
  });
});
