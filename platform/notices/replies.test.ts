import { beforeAll, expect, it } from 'vitest';
import { findHex } from '../../base/bytes.ts';
import { civilTime, isoDate } from '../../base/calendar.ts';
import type { SigningKey } from '../../base/crypto/api.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { enrolAgent } from '../agents/agents.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, newId, type TestTerminal } from '../testing/test-terminal.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const HOUR_MS = 3_600_000;
const CARD = { name: '吕小兰', number: '330699197905128467' };
const [SHAXI, COUNTY] = ['330624108', '330624'] as const;
const [OWN, OTHER] = [DONGCUN.village.code, JINGLING.village.code];

describeOnBoth('what villages say to an emergency', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let there: TestTerminal;
  let town: TestStaff;
  let county: TestStaff;
  let village: TestStaff;
  let key: SigningKey;
  let agentId: Uint8Array;

  beforeAll(async () => {
    test = await host.shared();
    const { context } = test.platform;
    for (const [signIn, deskCode] of [
      ['shaxi', SHAXI],
      ['county', COUNTY],
      ['other', OTHER],
    ] as const)
      await putStaff(context, { signIn, name: `示例 ${signIn}`, deskCode, password: PASSWORD }, CHEAP);
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    there = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    [town, county, village] = [
      await signInAs(test.platform, 'shaxi', PASSWORD),
      await signInAs(test.platform, 'county', PASSWORD),
      await signInAs(test.platform, 'other', PASSWORD),
    ];
    const { staffId } = await context.store.db
      .selectFrom('staff')
      .select('staffId')
      .executeTakeFirstOrThrow();
    const untilMs = test.clock.wallMs() + 300 * 24 * HOUR_MS;
    ({ agentId } = await enrolAgent(context, { villageCode: OWN, ...CARD, untilMs }, staffId));
    key = crypto.signingKey(crypto.randomBytes(32));
    const openKey = crypto.openingKey(crypto.randomBytes(32)).publicKey;
    const holder = { ...CARD, kind: 'citizen', birth: null, sex: null, address: null };
    await say(here, { kind: 'audit.agent-key', agentId, holder, signKey: key.publicKey, openKey });
  }, 60_000);

  const actors = () => [
    {
      ...{ role: 'agent', agentId, agentKeyId: keyId(crypto, key.publicKey), by: 'own' },
      roster: { version: 1, stale: false },
    },
  ];

  async function say(terminal: TestTerminal, content: object, agentKey?: SigningKey) {
    const entry = terminal.entry(
      { schema: 1, submissionId: newId(), ...content },
      { class: 0, ...(agentKey && { agentKey }) },
    );
    expect((await terminal.offer([entry])).outcomes).toEqual([0]);
  }

  /** An emergency of the county's for all of it; its id. */
  async function issue(title: string, area: string = COUNTY): Promise<Uint8Array> {
    const { hour, minute } = civilTime(test.clock.wallMs());
    const until = `${isoDate(test.clock.wallMs() + 24 * HOUR_MS)}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    const words = { title, body: '到文化礼堂集中', issuer: '县防汛办', area, until, danger: 'yes' };
    expect((await county.post('/notices', words)).status).toBe(303);
    const ids = [...(await county.get('/notices')).text.matchAll(/name="withdraw" value="([0-9a-f]{32})"/g)];
    return findHex(ids[0]![1]!)!;
  }

  const answered = (noticeId: Uint8Array, answers: object, replyId = newId()) => ({
    ...{ kind: 'notice.answered', noticeId, replyId, answers, attachments: [], lang: 'zh', actors: actors() },
    form: ['emergency-feedback', 1, new Uint8Array(32)],
  });

  it('stands in one table: told, acknowledged, how things are, and who was not heard from', async () => {
    const noticeId = await issue('今夜台风');
    for (const terminal of [here, there]) await say(terminal, { kind: 'notice.shown', noticeId });
    await say(here, { kind: 'notice.acknowledged', noticeId, actors: actors() }, key);
    const first = { state: 'watch', flooded: false, moved: 0 };
    await say(here, answered(noticeId, first), key);
    // The same once more, as it comes behind its picture.
    const again = newId();
    const words = { state: 'harm', moved: 37, needs: ['boats'], flooded: false };
    for (const answers of [words, words]) await say(here, answered(noticeId, answers, again), key);

    const page = (await county.get('/emergencies')).text;
    expect(page).toContain('2 个村有机器，2 个显示了，1 个代办员收到，1 个报了情况，1 个要帮忙，1 个没动静');
    // Whoever asks for help stands first; what was said before stands below.
    expect(page.indexOf(`id="${OWN}"`)).toBeLessThan(page.indexOf(`id="${OTHER}"`));
    expect(page).toContain('37 人');
    expect(page).toContain('船、车');
    expect(page).toContain('早先报的 1 次');
    expect(page).toContain(`${CARD.name} <span class="tag">签名核对无误</span>`);
    expect(page).toMatch(/\d+ 个村没有机器，请打电话/);
  });

  it('is for the town’s own villages alone at the town, and for its own at a village', async () => {
    const noticeId = await issue('全县低温');
    for (const terminal of [here, there]) await say(terminal, { kind: 'notice.shown', noticeId });
    const atTown = (await town.get('/emergencies')).text;
    expect(atTown).toContain('全县低温');
    expect(atTown).toContain(`id="${OWN}"`);
    expect(atTown).not.toContain(`id="${OTHER}"`);
    const atVillage = (await village.get('/emergencies')).text;
    expect(atVillage).toContain(`id="${OTHER}"`);
    expect(atVillage).not.toContain(`id="${OWN}"`);
    await issue('沙溪山洪', SHAXI);
    expect((await village.get('/emergencies')).text).not.toContain('沙溪山洪');
  });

  it('says plainly what nobody signed', async () => {
    const noticeId = await issue('没签名的');
    await say(here, answered(noticeId, { state: 'fine', flooded: false, moved: 0 }));
    expect((await county.get('/emergencies')).text).toContain('没有签名，请核对');
  });

  it('changes nothing by a notice nobody issued, and is held all the same', async () => {
    await say(there, { kind: 'notice.shown', noticeId: newId() });
    expect((await county.get('/emergencies')).status).toBe(200);
  });
});
