/**
 * What a villager says of a village, its officials or its agent goes to the county at once: looked for on every list,
 * page, count, look-up and feed that a village or a town could see it by.
 */
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { isCountys } from '../../catalog/route.ts';
import type { Matter } from '../../catalog/schema.ts';
import { matterBook } from '../cases/matters.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { send, signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase, newId, nodeFetch, type TestTerminal } from '../testing/test-terminal.ts';
import { ROUTES } from './routes.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const FOLDER = process.env.YIZHAN_PREPARED_CATALOG ?? new URL('../../catalog', import.meta.url).pathname;
const MATTERS = loadCatalog(readFolder(FOLDER)).matters;
const COUNTYS = MATTERS.filter(isCountys);
/** Those who must not see them: the village spoken of, its town, others of both, and a department that is not theirs. */
const OUTSIDERS = [
  ...[DONGCUN.village.code, DONGCUN.town.code, JINGLING.village.code, JINGLING.town.code],
  '330624/教育',
];
const WORDS = '村里的账不对';
/** What is answered where 反映问题 is about somebody of the village. */
const ABOUT_PEOPLE = { what: 'other', 'about-people': true };
const aboutPeople = ({ id }: Matter) =>
  id === 'problem-report'
    ? ABOUT_PEOPLE
    : id === 'suggestion'
      ? { where: 'any', about: 'money', 'about-people': true }
      : { what: 'village' };
const FILTERS = ['late', 'soon', 'new', 'open', 'asked', 'closed'];

it('are of matters whose route names the county alone', () => {
  const ids = COUNTYS.map(({ id }) => id);
  for (const id of ['petition', 'unpaid-wages-report', 'consumer-complaint']) expect(ids).toContain(id);
  const petition = COUNTYS.find(({ id }) => id === 'petition');
  expect(petition?.plain.map(({ zh }) => zh).join()).toContain('村里看不到');
});

/** Every page that a link leads to from the first one, by its path. */
async function followAll(staff: TestStaff): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  const ahead = ['/'];
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    if (pages.has(path)) continue;
    const { text } = await staff.get(path);
    pages.set(path, text);
    for (const [, link = ''] of text.matchAll(/(?:href|src)="(\/[^"]*)"/g)) {
      ahead.push(link.replaceAll('&amp;', '&'));
    }
  }
  return pages;
}

describeOnBoth('complaints', (host) => {
  /** A release of the catalog may change a route; what was said before stays where it was promised to be. */
  const rerouted = new Map<string, Matter>();
  let test: TestPlatform;
  let terminal: TestTerminal;
  let neighbour: TestTerminal;
  let county: TestStaff;
  const outsiders = new Map<string, TestStaff>();
  const filed: { readonly id: string; readonly localNumber: string; readonly matter: string }[] = [];
  let counted: readonly string[];

  const countsOf = async () =>
    Promise.all(
      [...outsiders.values()].map(async (staff) => (await staff.get('/')).text.match(/<b>\d+<\/b>/g)!.join()),
    );

  beforeAll(async () => {
    const book = matterBook(MATTERS);
    const live = { ...book, find: (id: string | null) => rerouted.get(id ?? '') ?? book.find(id) };
    test = await host.shared({ book: live });
    const { context } = test.platform;
    for (const deskCode of [...OUTSIDERS, DONGCUN.county.code]) {
      await putStaff(context, { signIn: deskCode, name: deskCode, deskCode, password: PASSWORD }, CHEAP);
    }
    for (const code of OUTSIDERS) outsiders.set(code, await signInAs(test.platform, code, PASSWORD));
    county = await signInAs(test.platform, DONGCUN.county.code, PASSWORD);
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    neighbour = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    counted = await countsOf();
    const asked = MATTERS.filter(({ id }) => id === 'problem-report' || id === 'suggestion');
    expect(asked).toHaveLength(2);
    for (const matter of [...COUNTYS, ...asked]) {
      if (matter.department === '教育') continue;
      const made = filedCase(DONGCUN, {
        matter: [matter.id, matter.version, new Uint8Array(32)],
        answers: { words: WORDS, ...aboutPeople(matter) },
      });
      expect((await terminal.offer([terminal.entry(made.content)])).outcomes).toEqual([0]);
      filed.push({ id: toHex(made.caseId), localNumber: made.localNumber, matter: matter.id });
    }
    const { content, caseId } = filedCase(DONGCUN);
    const { localNumber, submitter } = content;
    const notMe = {
      ...{ schema: 1, kind: 'case.frozen', caseId, submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{
        localNumber,
        slipCode: '111111',
        submitter,
        place: DONGCUN,
        caseReplyKey: null,
        frozenCaseIds: [],
      },
    };
    expect((await terminal.offer([terminal.entry(notMe)])).outcomes).toEqual([0]);
    filed.push({ id: toHex(caseId), localNumber: String(localNumber), matter: 'not-me' });
  }, 120_000);

  const petition = () => filed.find(({ matter }) => matter === 'petition')!;
  const grouped = (number: string) => number.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');

  function expectNothing(text: string, where: string): void {
    for (const { id, localNumber } of filed) {
      for (const trace of [id, localNumber, grouped(localNumber)])
        expect(text.includes(trace), where).toBe(false);
    }
    expect(text.includes(WORDS), where).toBe(false);
  }

  it('are all with the county', async () => {
    const rows = await test.platform.context.store.db
      .selectFrom('cases')
      .select(['deskCode', 'countyOnly'])
      .distinct()
      .execute();
    expect(rows).toEqual([{ deskCode: DONGCUN.county.code, countyOnly: 1 }]);
    expect((await county.get(`/cases/${petition().id}`)).text).toContain(WORDS);
  });

  it('stand on no list of theirs, and change no count', async () => {
    expect(await countsOf()).toEqual(counted);
    for (const [code, staff] of outsiders) {
      for (const show of FILTERS) {
        for (const page of [1, 2]) {
          expectNothing((await staff.get(`/?show=${show}&page=${page}`)).text, `${code} ${show}`);
        }
      }
      expectNothing((await staff.get('/notices')).text, `${code} notices`);
    }
  });

  it('stand on no page that names no case, whichever pages there are', async () => {
    const paths = ROUTES.filter(
      // What goes on for ever says nothing but that something changed.
      ({ method, path, isLive }) => method === 'GET' && !path.includes(':') && isLive !== true,
    );
    expect(paths.map(({ path }) => path)).toEqual(expect.arrayContaining(['/', '/misuse', '/cash']));
    let opened = 0;
    for (const [code, staff] of outsiders) {
      for (const { path } of paths) {
        const { status, text } = await staff.get(path);
        if (status === 200) opened += 1;
        expectNothing(text, `${code} ${path}`);
      }
    }
    expect(opened).toBeGreaterThan(outsiders.size);
    const shown = (await Promise.all(paths.map(({ path }) => county.get(path))))
      .map(({ text }) => text)
      .join();
    expect(shown).toContain(petition().id);
  });

  it('open on no page of theirs, by whatever address or form', async () => {
    const paths = [
      '/log',
      '/alarms',
      '/quarantine',
      '/fetches',
      '/machines',
      `/machines/${toHex(terminal.terminalId)}/account`,
    ];
    for (const [code, staff] of outsiders) {
      const token = /name="token" value="([^"]+)"/.exec((await staff.get('/')).text)![1]!;
      for (const path of paths) expect((await staff.get(path)).status, `${code} ${path}`).toBe(404);
      for (const { id } of [petition(), filed.at(-2)!, filed.at(-1)!]) {
        const shown = await staff.get(`/cases/${id}`);
        expect(shown.status).toBe(404);
        expectNothing(shown.text.replaceAll(`/cases/${id}`, ''), code);
        expect((await staff.get(`/cases/${id}/attachments/${'0'.repeat(64)}`)).status).toBe(404);
        for (const action of ['accept', 'forward', 'send-back', 'finish', 'refuse', 'unfreeze', 'register']) {
          const fields = {
            token,
            action,
            seen: '1',
            actionKey: toHex(newId()),
            words: 'x',
            provinceNumber: '1',
          };
          expect((await staff.post(`/cases/${id}`, fields)).status, `${code} ${action}`).toBe(404);
        }
      }
    }
  });

  it('are handed down by nobody, also once the route of their matter names the village', async () => {
    const { id } = petition();
    expect((await county.get(`/cases/${id}`)).text).not.toContain('send-back');
    expect((await county.act(id, 'send-back', { words: '请村里看' })).status).toBe(409);
    const matter = test.platform.context.book.find('petition')!;
    const route = (['village', 'town', 'county'] as const).map((level) => ({ level }));
    rerouted.set('petition', { ...matter, route });
    expect((await county.get(`/cases/${id}`)).text).not.toContain('send-back');
    expect((await county.act(id, 'send-back', { words: '请村里看' })).status).toBe(409);
    expect((await county.act(id, 'accept')).status).toBe(303);
    expect((await county.act(id, 'send-back', { words: '请村里看' })).status).toBe(409);
    // It is their promise that holds them, not the matter's name: a case filed now goes where the new route says.
    const made = filedCase(DONGCUN, { matter: [matter.id, matter.version, new Uint8Array(32)] });
    await terminal.offer([terminal.entry(made.content)]);
    expect((await outsiders.get(DONGCUN.village.code)!.get(`/cases/${toHex(made.caseId)}`)).status).toBe(200);
    rerouted.clear();
  });

  it('are told from other reports by what was answered alone', async () => {
    const file = async (answers: object) => {
      const made = filedCase(DONGCUN, { matter: ['problem-report', 3, new Uint8Array(32)], answers });
      await terminal.offer([terminal.entry(made.content)]);
      return (await outsiders.get(DONGCUN.village.code)!.get(`/cases/${toHex(made.caseId)}`)).status;
    };
    expect(await file({ what: 'lamp' })).toBe(200);
    expect(await file({ what: 'other', 'about-people': false })).toBe(200);
    expect(await file(ABOUT_PEOPLE)).toBe(404);
    // What cannot be read is no yes; a question that was not asked is none either.
    expect(await file({ what: 'other', 'about-people': 'true' })).toBe(200);
  });

  it('are behind no link of theirs, however far it is followed', async () => {
    const { content } = filedCase(DONGCUN, {
      matter: ['problem-report', 3, new Uint8Array(32)],
      answers: { what: 'lamp' },
    });
    await terminal.offer([terminal.entry(content)]);
    for (const [code, staff] of outsiders) {
      const pages = await followAll(staff);
      for (const [path, text] of pages) expectNothing(text, `${code} ${path}`);
      const isOfTheVillage = code === DONGCUN.village.code;
      const found = [...pages.values()].some((text) => text.includes(grouped(String(content.localNumber))));
      expect(found, code).toBe(isOfTheVillage);
    }
    // Whoever may read them comes to them so.
    expect([...(await followAll(county)).values()].join()).toContain(grouped(petition().localNumber));
  });

  it('come down to no other machine, and say nothing to whoever has the number alone', async () => {
    const items = (await neighbour.feed()).items;
    expect(items.filter(({ caseId }) => caseId !== null)).toEqual([]);
    const look = async (number: string) => {
      const { gatewayUrl } = test.platform;
      const form = new URLSearchParams({ number, code: '000000' }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new TextEncoder().encode(form);
      const sent = await nodeFetch({
        method: 'POST',
        url: `${gatewayUrl}/s`,
        headers,
        body,
        timeoutMs: 5_000,
        maxBytes: 99_999,
      });
      return sent.ok ? new TextDecoder().decode(sent.value.body) : sent.error.code;
    };
    const there = await look(petition().localNumber);
    expect(there).not.toContain(WORDS);
    expect(there.replaceAll(/\d{4} ?\d{4} ?\d{4}/g, '')).toBe(
      (await look('000000000000')).replaceAll(/\d{4} ?\d{4} ?\d{4}/g, ''),
    );
    expect((await send(`${test.platform.deskUrl}/cases/${petition().id}`, 'GET', {})).location).toBe(
      '/sign-in',
    );
  });
});
