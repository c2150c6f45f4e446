import { beforeAll, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { agentCodeHash, type RosterContent, rosterContentSchema } from '../../sync/agent-contents.ts';
import { readContent } from '../../sync/content-coding.ts';
import { makeAct } from '../../sync/formats/body.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { judgeActs } from './acts.ts';
import { enrolAgent, findAgent, giveNewCode, revokeAgent } from './agents.ts';
import { renewRosters, STALE_AFTER_MS } from './roster.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const DAY_MS = 86_400_000;
const VILLAGE = DONGCUN.village.code;
const CARD = { name: '吕小兰', number: '330699197905128467' };

describeOnBoth('village agents', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let there: TestTerminal;
  let county: TestStaff;
  let town: TestStaff;
  let staffId: number;

  beforeAll(async () => {
    test = await host.shared();
    for (const [signIn, deskCode] of [
      ['county', '330624'],
      ['shaxi', '330624108'],
    ] as const) {
      const staff = { signIn, name: `示例 ${signIn}`, deskCode, password: PASSWORD };
      await putStaff(test.platform.context, staff, CHEAP);
    }
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    there = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    county = await signInAs(test.platform, 'county', PASSWORD);
    town = await signInAs(test.platform, 'shaxi', PASSWORD);
    const row = await test.platform.context.store.db.selectFrom('staff').select('staffId').executeTakeFirst();
    staffId = row!.staffId;
  }, 60_000);

  const enrol = () => {
    const untilMs = test.clock.wallMs() + 300 * DAY_MS;
    return enrolAgent(test.platform.context, { villageCode: VILLAGE, ...CARD, untilMs }, staffId);
  };
  const agentOf = async (agentId: Uint8Array) => (await findAgent(test.platform.context.store.db, agentId))!;

  async function rosters(terminal: TestTerminal): Promise<readonly RosterContent[]> {
    const found: RosterContent[] = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return found;
      for (const { kind, content } of page.items) {
        const read = readContent(rosterContentSchema, content);
        if (kind === FEED_KIND.roster && read.ok) found.push(read.value);
      }
      after = page.next;
    }
  }
  const lastRoster = async (terminal: TestTerminal) => (await rosters(terminal)).at(-1);
  const listed = async (agentId: Uint8Array) =>
    (await lastRoster(here))?.agents.find((one) => equalBytes(one.agentId, agentId));

  /** An agent's key, as a machine brings it. */
  async function bring(agentId: Uint8Array, number = CARD.number) {
    const key = crypto.signingKey(crypto.randomBytes(32));
    const openKey = crypto.openingKey(crypto.randomBytes(32)).publicKey;
    const holder = { name: CARD.name, number, kind: 'citizen', birth: null, sex: null, address: null };
    const content = { schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId, holder };
    const entry = here.entry({ ...content, signKey: key.publicKey, openKey }, { class: 2 });
    const { outcomes } = await here.offer([entry]);
    expect(outcomes).toEqual([0]);
    return key;
  }
  const alarms = async (kind: string) => {
    const all = await test.platform.context.store.db.selectFrom('alarms').selectAll().execute();
    return all.filter((alarm) => alarm.kind === kind).map(({ detail }) => detail);
  };

  it('come down to the machines of their village alone, by id and without a name', async () => {
    const { agentId, code } = await enrol();
    const agent = await listed(agentId);
    expect(agent).toMatchObject({ role: 'agent', revoked: false, keys: [], refused: [] });
    expect(equalBytes(agent!.codeHash!, agentCodeHash(crypto, agentId, code))).toBe(true);
    expect(JSON.stringify((await lastRoster(here)) ?? null)).not.toMatch(/吕小兰|330699/);
    expect(await lastRoster(there)).toBeUndefined();
    // A machine that is new there is told what stands.
    const newcomer = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    expect((await lastRoster(newcomer))?.version).toBe((await lastRoster(here))?.version);
  });

  it('go by versions that only go up', async () => {
    const { agentId } = await enrol();
    await giveNewCode(test.platform.context, await agentOf(agentId));
    const versions = (await rosters(here)).map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('have their keys taken with their own card alone; another’s rings', async () => {
    const { agentId } = await enrol();
    const key = await bring(agentId);
    expect((await listed(agentId))?.keys.map(({ signKey }) => toHex(signKey))).toEqual([
      toHex(key.publicKey),
    ]);
    const other = await bring(agentId, '330699196809252241');
    const now = await listed(agentId);
    expect(now?.keys).toHaveLength(1);
    expect(now?.refused.map(toHex)).toEqual([toHex(keyId(crypto, other.publicKey))]);
    expect(await alarms('agent-key-refused')).toContain('another card');
    await bring(newId());
    expect(await alarms('agent-key-refused')).toContain('no such agent');
  });

  it('are revoked for good, and told at once', async () => {
    const { agentId } = await enrol();
    expect(await revokeAgent(test.platform.context, await agentOf(agentId), staffId)).toBe(true);
    expect(await listed(agentId)).toMatchObject({ revoked: true, codeHash: null });
    expect(await giveNewCode(test.platform.context, await agentOf(agentId))).toBeNull();
    expect(await revokeAgent(test.platform.context, await agentOf(agentId), staffId)).toBe(false);
    await bring(agentId);
    expect(await alarms('agent-key-refused')).toContain('revoked');
  });

  it('are shown with the case they acted in, and a wrong signature is found out', async () => {
    const { agentId } = await enrol();
    const key = await bring(agentId);
    const stranger = crypto.signingKey(crypto.randomBytes(32));
    const named = (signer = key) => ({
      ...{ role: 'agent', agentId, agentKeyId: keyId(crypto, signer.publicKey), by: 'card' },
      roster: { version: 1, stale: false },
    });
    const filed = async (actors: readonly object[], agentKey?: typeof key) => {
      const one = filedCase(DONGCUN, { actors: [{ role: 'submitter' }, ...actors] });
      const { outcomes } = await here.offer([here.entry(one.content, agentKey && { agentKey })]);
      expect(outcomes).toEqual([0]);
      return { text: (await town.get(`/cases/${toHex(one.caseId)}`)).text };
    };
    const good = await filed([named()], key);
    expect(good.text).toContain('吕小兰，当场刷了本人的身份证');
    expect(good.text).toContain('签名核对无误');
    expect(await alarms('act-wrong')).toHaveLength(0);

    expect((await filed([named()])).text).toContain('没有签名');
    expect((await filed([named(stranger)], stranger)).text).toContain('签名的密钥还没有登记');
    expect(await alarms('act-wrong')).toHaveLength(2);
    // Signed by the right key, and something else.
    const signed = { entryId: newId(), submittedMs: test.clock.wallMs(), content: Uint8Array.of(1) };
    const act = makeAct(crypto, key, signed);
    const { db } = test.platform.context.store;
    const judged = async (content: Uint8Array) => {
      const one = { ...signed, actors: [named()], signed: { content, acts: [act] } };
      return (await judgeActs(db, crypto, one)).map(({ outcome }) => outcome);
    };
    expect(await judged(signed.content)).toEqual(['signed']);
    expect(await judged(Uint8Array.of(2))).toEqual(['bad-signature']);
    await revokeAgent(test.platform.context, await agentOf(agentId), staffId);
    // What they signed before stands; what a machine that had not heard of it let them sign does not.
    expect(await judged(signed.content)).toEqual(['signed']);
    signed.submittedMs = test.clock.wallMs() + 1;
    expect(await judged(signed.content)).toEqual(['revoked']);
    expect((await filed([{ ...named(), role: 'helper' }])).text).toContain('填过一部分，交还过本人');
    expect(await alarms('act-wrong')).toHaveLength(2);
  });

  it('are shown with what they did to a case later, each signature judged by itself', async () => {
    const { agentId } = await enrol();
    const key = await bring(agentId);
    const actor = {
      ...{ role: 'agent', agentId, agentKeyId: keyId(crypto, key.publicKey), by: 'card' },
      roster: { version: 1, stale: false },
    };
    const one = filedCase(DONGCUN, { actors: [{ role: 'submitter' }] });
    expect((await here.offer([here.entry(one.content)])).outcomes).toEqual([0]);
    const page = async () => (await town.get(`/cases/${toHex(one.caseId)}`)).text;
    const later = async (kind: string, fields: object, agentKey?: typeof key) => {
      const content = {
        schema: 1,
        kind,
        caseId: one.caseId,
        submissionId: newId(),
        actors: [actor],
        ...fields,
      };
      expect((await here.offer([here.entry(content, agentKey && { agentKey })])).outcomes).toEqual([0]);
    };
    expect(await page()).not.toContain('后来代办员办的');
    await later('case.supplemented', { words: null, answers: {}, attachments: [] }, key);
    expect(await page()).toMatch(
      /补材料<\/dt><dd>吕小兰，当场刷了本人的身份证 <span class="tag">签名核对无误/,
    );
    await later('case.withdrawn', { words: null });
    expect(await page()).toMatch(/撤回<\/dt><dd>吕小兰，.*没有签名，请核对/);
  });

  it('are enrolled at the county desk, whose page shows the code once', async () => {
    const until = new Date(test.clock.wallMs() + 200 * DAY_MS).toISOString().slice(0, 10);
    const form = { village: VILLAGE, ...CARD, until };
    const page = await county.post('/agents', form);
    expect(page.text).toMatch(/登记码<\/h2>.*\d{12}/s);
    expect((await county.get('/agents')).text).not.toMatch(/class="code">\d{12}/);
    for (const wrong of [
      { village: '1' },
      { number: '330699197905128460' },
      { until: '2020-01-01' },
      { name: ' ' },
    ])
      expect((await county.post('/agents', { ...form, ...wrong })).status).toBe(422);
    // Their town sees and revokes them; another does not, and no town enrols in another's village.
    const listed = (await town.get('/agents')).text;
    expect(listed).toContain(CARD.name);
    expect(listed).toContain(`value="${VILLAGE}"`);
    expect(listed).not.toContain(`value="${JINGLING.village.code}"`);
    expect((await town.post('/agents', { ...form, village: JINGLING.village.code })).status).toBe(404);
    expect((await town.post('/agents', form)).text).toMatch(/登记码<\/h2>.*\d{12}/s);
  });

  it('are sent again before their roster is old', async () => {
    await enrol();
    expect(await renewRosters(test.platform.context)).toBe(0);
    const { version } = (await lastRoster(here))!;
    test.clock.advance(8 * DAY_MS);
    expect(await renewRosters(test.platform.context)).toBe(1);
    const renewed = (await lastRoster(here))!;
    expect(renewed.version).toBeGreaterThan(version);
    expect(renewed.staleMs - renewed.issuedMs).toBe(STALE_AFTER_MS);
  });
});
