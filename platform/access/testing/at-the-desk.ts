/** Every operation of the desk, tried over HTTP as anyone, about what is their own desk's and about another's. */
import { findHex, toHex } from '../../../base/bytes.ts';
import { addMonths, findDateStartMs, isoDate } from '../../../base/calendar.ts';
import { invariant } from '../../../base/result.ts';
import { TOWNS } from '../../../catalog/places.ts';
import type { Matter } from '../../../catalog/schema.ts';
import { enrolAgent } from '../../agents/agents.ts';
import { publishNotice } from '../../feed/notices.ts';
import { DONGCUN, JINGLING, type TestPlatform } from '../../testing/test-platform.ts';
import { type PageAnswer, send } from '../../testing/test-staff.ts';
import { filedCase, newId, type TestTerminal } from '../../testing/test-terminal.ts';
import type { Operation } from '../table.ts';
import { agentWorkTries } from './agent-work-tries.ts';
import type { Tried } from './at-the-gateway.ts';
import { authorityTries } from './authority-tries.ts';
import { fleetTries } from './fleet-tries.ts';

/** Operations that stand at the desk. */
export type DeskOperation = Exclude<
  Operation,
  `gateway.${string}` | `pages.${string}` | `payments.${string}`
>;

/** Who asks: with a session's cookie and token where they have one. */
export interface DeskAsker {
  readonly headers: Readonly<Record<string, string>>;
  readonly token: string;
}

/** What a try is about: the desk whose case, area or notice it is. */
export interface About {
  readonly deskCode: string;
  /** A staff member of that desk, who published its notices. */
  readonly staffId: number;
}

/** What the tries stand on. */
export interface DeskBench {
  readonly test: TestPlatform;
  /** Files the cases. */
  readonly terminal: TestTerminal;
  /** One whose route has every level. */
  readonly matter: Matter;
  /** A terminal to be revoked. */
  spare(): Promise<TestTerminal>;
}

/** A case as an action needs to find it. */
const READY: Readonly<
  Record<string, { readonly status: string; readonly frozen?: 1; readonly acceptedMs?: number }>
> = {
  finish: { status: 'accepted', acceptedMs: 1 },
  unfreeze: { status: 'received', frozen: 1 },
};

/** Acts that not every matter knows, and one that does. */
const MATTER_OF: Readonly<Record<string, string>> = { meet: 'mediation' };

/** The tries. */
export function deskTries({ test, terminal, matter, spare }: DeskBench) {
  const { deskUrl, context } = test.platform;
  const { db } = context.store;

  /** A case that this desk has. */
  async function caseAt(deskCode: string, action = ''): Promise<string> {
    const { id, version } = context.book.find(MATTER_OF[action] ?? matter.id) ?? matter;
    const filed = filedCase(DONGCUN, { matter: [id, version, new Uint8Array(32)] });
    const { outcomes } = await terminal.offer([terminal.entry(filed.content)]);
    invariant(outcomes[0] === 0, 'the case is held');
    const { caseId } = filed;
    await db
      .updateTable('cases')
      .set({ deskCode, ...READY[action] })
      .where('caseId', '=', caseId)
      .execute();
    return toHex(caseId);
  }

  const get = (asker: DeskAsker, path: string) => send(`${deskUrl}${path}`, 'GET', { ...asker.headers });
  const post = (asker: DeskAsker, path: string, fields: Readonly<Record<string, string>>) =>
    send(
      `${deskUrl}${path}`,
      'POST',
      { ...asker.headers, origin: deskUrl },
      { token: asker.token, ...fields },
    );

  /** Served, and not only let by: a page, or the way on to the next. */
  async function judged(answer: Promise<PageAnswer>, served: readonly number[] = [200, 303]): Promise<Tried> {
    const { status, location } = await answer;
    if (status === 404 || status === 403 || location === '/sign-in') return 'refused';
    invariant(served.includes(status), `served with ${status}`);
    return 'allowed';
  }

  const act =
    (action: string) =>
    async (asker: DeskAsker, { deskCode }: About) => {
      const fields = {
        ...{ action, seen: '1', actionKey: toHex(newId()), words: '说明', provinceNumber: '1' },
        ...{ 'meet-day': '2099-01-05', 'meet-from': '09:00', 'meet-where': '沙溪镇司法所' },
      };
      const path = `/cases/${await caseAt(deskCode, action)}`;
      return judged(post(asker, path, { ...fields, 'remedy-words': '带户口本再来' }));
    };
  const look = (path: string) => (asker: DeskAsker) => judged(get(asker, path));
  const machine = () => toHex(terminal.terminalId);

  const tries: Readonly<Record<DeskOperation, (asker: DeskAsker, about: About) => Promise<Tried>>> = {
    'door.sign-in': (asker) => judged(post(asker, '/sign-in', { name: 'door', password: DOOR_PASSWORD })),
    async 'door.sign-out'(asker) {
      // Whoever is signed in is signed out by it; nobody else changes anything.
      await post(asker, '/sign-out', {});
      const left = await get(asker, '/');
      return asker.token !== '' && left.location === '/sign-in' ? 'allowed' : 'refused';
    },
    async 'cases.list'(asker, { deskCode }) {
      const id = await caseAt(deskCode);
      const answer = await get(asker, '/');
      if (answer.location === '/sign-in') return 'refused';
      return answer.text.includes(id) ? 'allowed' : 'refused';
    },
    'case.open': async (asker, { deskCode }) => judged(get(asker, `/cases/${await caseAt(deskCode)}`)),
    // There is no such file: whose case it is shows in what is on record of the try.
    async 'case.file'(asker, { deskCode }) {
      const id = await caseAt(deskCode);
      await get(asker, `/cases/${id}/attachments/${'0'.repeat(64)}`);
      const noted = await db
        .selectFrom('staffActs')
        .select('decision')
        .where('operation', '=', 'case.file')
        .where('subject', '=', id)
        .execute();
      return noted.length === 1 && noted[0]?.decision === 'allowed' ? 'allowed' : 'refused';
    },
    'case.accept': act('accept'),
    'case.meet': act('meet'),
    'case.ask-supplement': act('ask-supplement'),
    'case.finish': act('finish'),
    'case.refuse': act('refuse'),
    'case.forward': act('forward'),
    'case.send-back': act('send-back'),
    'case.register': act('register'),
    'case.unfreeze': act('unfreeze'),
    'case.offer-again': async (asker, { deskCode }) =>
      judged(post(asker, `/cases/${await caseAt(deskCode)}/centre`, { kind: 'receive' })),
    'notices.list': async (asker, about) => {
      const noticeId = await noticeOf(about);
      const answer = await get(asker, '/notices');
      return answer.status === 200 && answer.text.includes(noticeId) ? 'allowed' : 'refused';
    },
    'notices.publish': (asker, { deskCode }) =>
      judged(
        post(asker, '/notices', {
          ...{ title: '停水', body: '今天停水', issuer: '工位', area: areaOf(deskCode), danger: 'no' },
          until: '2027-06-01T08:00',
        }),
      ),
    'notices.withdraw': async (asker, about) =>
      judged(post(asker, '/notices', { withdraw: await noticeOf(about) })),
    'emergencies.list': async (asker, { deskCode }) => {
      const { row } = await replyIn(deskCode);
      const answer = await get(asker, '/emergencies');
      return answer.status === 200 && answer.text.includes(row) ? 'allowed' : 'refused';
    },
    // There is no such file: whose reply it is shows in what is on record of the try.
    async 'emergency.file'(asker, { deskCode }) {
      const { entryId } = await replyIn(deskCode);
      await get(asker, `/emergencies/${entryId}/files/${'0'.repeat(64)}`);
      const noted = await db
        .selectFrom('staffActs')
        .select('decision')
        .where('operation', '=', 'emergency.file')
        .where('subject', '=', entryId)
        .execute();
      return noted.length === 1 && noted[0]?.decision === 'allowed' ? 'allowed' : 'refused';
    },
    'ratings.list': async (asker, { deskCode }) => {
      const row = await rateIn(deskCode);
      const answer = await get(asker, '/ratings');
      return answer.status === 200 && answer.text.includes(row) ? 'allowed' : 'refused';
    },
    'rating.open': async (asker) => judged(get(asker, `/ratings/${await badRating()}`)),
    'rating.close': async (asker) =>
      judged(post(asker, `/ratings/${await badRating()}`, { words: '核实了' })),
    'misuse.list': async (asker, { deskCode }) => {
      const id = await flagIn(deskCode);
      const answer = await get(asker, '/misuse');
      return answer.status === 200 && answer.text.includes(id) ? 'allowed' : 'refused';
    },
    'misuse.open': async (asker, { deskCode }) => judged(get(asker, `/misuse/${await flagIn(deskCode)}`)),
    'misuse.end': async (asker, { deskCode }) =>
      judged(
        post(asker, `/misuse/${await flagIn(deskCode)}`, {
          ...{ choice: 'nothing-wrong', words: '问过了', seen: '1' },
        }),
      ),
    'cash.end': async (asker, { deskCode }) => {
      const { caseId } = await cashIn(deskCode);
      return judged(post(asker, '/cash', { case: caseId, words: '问过了，钱退了' }));
    },
    'cash.list': async (asker, { deskCode }) => {
      const { row } = await cashIn(deskCode);
      const answer = await get(asker, '/cash');
      return answer.status === 200 && answer.text.includes(row) ? 'allowed' : 'refused';
    },
    'misuse.freeze': async (asker, { deskCode }) => {
      const caseId = findHex(await caseAt(deskCode))!;
      const query = db.selectFrom('cases').select('localNumber').where('caseId', '=', caseId);
      const { localNumber } = await query.executeTakeFirstOrThrow();
      return judged(post(asker, '/misuse/not-me', { localNumber, words: '问过生日和住址', actionKey: 'k' }));
    },
    ...agentWorkTries({
      ...{ context, terminalId: terminal.terminalId, caseAt },
      posts: (asker, path, fields) => judged(post(asker, path, fields)),
    }),
    ...authorityTries({
      ...{ context, terminalId: terminal.terminalId, hold, caseAt },
      looks: (asker, path) => judged(get(asker, path)),
      posts: (asker, path, fields) => judged(post(asker, path, fields)),
      async shows(asker, path, text) {
        const answer = await get(asker, path);
        return answer.status === 200 && answer.text.includes(text) ? 'allowed' : 'refused';
      },
    }),
    ...fleetTries({
      terminalId: terminal.terminalId,
      looks: (asker, path) => judged(get(asker, path)),
      posts: (asker, path, fields) => judged(post(asker, path, fields), [200, 303, 422]),
    }),
    'machines.list': look('/machines'),
    'machines.enrol': (asker) => judged(post(asker, '/machines', { village: '330624108248' })),
    'machines.revoke': async (asker) =>
      judged(post(asker, '/machines', { revoke: toHex((await spare()).terminalId) })),
    'machine.open': (asker) => judged(get(asker, `/machines/${machine()}`)),
    'machine.account': (asker) => judged(get(asker, `/machines/${machine()}/account`)),
    'machine.order': (asker) => judged(post(asker, `/machines/${machine()}`, { order: 'sync-now' })),
    async 'agents.list'(asker, about) {
      const id = await agent(about);
      const answer = await get(asker, '/agents');
      return answer.status === 200 && answer.text.includes(id) ? 'allowed' : 'refused';
    },
    'agents.enrol': (asker, { deskCode }) =>
      judged(
        post(asker, '/agents', {
          ...{ village: villageOf(deskCode), name: '吕代办', number: '11010519491231002X' },
          until: '2027-06-01',
        }),
      ),
    'agents.code': async (asker, about) => judged(post(asker, '/agents', { code: await agent(about) })),
    'agents.revoke': async (asker, about) => judged(post(asker, '/agents', { revoke: await agent(about) })),
    'quarantine.list': look('/quarantine'),
    'quarantine.settle': (asker) =>
      judged(post(asker, '/quarantine', { entry: toHex(newId()), choice: 'file' })),
    'fetches.list': look('/fetches'),
    'alarms.list': look('/alarms'),
    'alarms.see': (asker) => judged(post(asker, '/alarms', { alarm: '1' })),
    'log.list': look('/log'),
  };

  /** An agent who stands. */
  async function agent({ deskCode }: About): Promise<string> {
    const { staffId } = await db.selectFrom('staff').select('staffId').limit(1).executeTakeFirstOrThrow();
    const wish = { villageCode: villageOf(deskCode), name: '吕代办', number: '11010519491231002X' };
    const untilMs = context.clock.wallMs() + 3_600_000;
    return toHex((await enrolAgent(context, { ...wish, untilMs }, staffId)).agentId);
  }

  async function hold(content: object): Promise<Uint8Array> {
    const entry = terminal.entry({ schema: 1, ...content });
    const { outcomes } = await terminal.offer([entry]);
    invariant(outcomes[0] === 0, 'the entry is held');
    return entry.header.entryId;
  }

  /** A rating as a terminal sends it, bad. */
  async function badRating(): Promise<string> {
    const rating = { kind: 'rating', caseId: null, submissionId: newId(), grade: 1, words: '等了很久' };
    return toHex(await hold(rating));
  }

  /** Five ratings of last month in a village of this desk's; answers the id of their row. */
  async function rateIn(deskCode: string): Promise<string> {
    const place = [DONGCUN, JINGLING].find((one) => one.village.code.startsWith(deskCode)) ?? DONGCUN;
    const villageCode = place.village.code;
    const month = addMonths(isoDate(context.clock.wallMs()), -1);
    const atMs = findDateStartMs(`${month}-10`) ?? 0;
    for (let count = 0; count < 5; count += 1) {
      const entryId = await hold({ kind: 'audit.of-this-test' });
      const rating = { entryId, villageCode, caseId: null, grade: 5, atMs, dueDate: null };
      await db.insertInto('ratings').values(rating).execute();
    }
    return `${month}-${villageCode}`;
  }

  /** What a village of this desk's said to an emergency of the county's; the id of its row, and its entry. */
  async function replyIn(deskCode: string): Promise<{ readonly row: string; readonly entryId: string }> {
    const place = [DONGCUN, JINGLING].find((one) => one.village.code.startsWith(deskCode)) ?? DONGCUN;
    const villageCode = place.village.code;
    const { staffId } = await db.selectFrom('staff').select('staffId').limit(1).executeTakeFirstOrThrow();
    const about = { deskCode: villageCode, staffId };
    const noticeId = findHex(await noticeOf(about, true))!;
    const entryId = await hold({ kind: 'audit.of-this-test' });
    const atMs = context.clock.wallMs();
    const { terminalId } = terminal;
    const reply = {
      entryId,
      noticeId,
      terminalId,
      villageCode,
      kind: 'answered',
      saidMs: atMs,
      atMs,
    } as const;
    await db.insertInto('noticeReplies').values(reply).execute();
    return { row: `id="${villageCode}"`, entryId: toHex(entryId) };
  }

  /** Cash that an agent took in a town of this desk's; the id of its row. */
  async function cashIn(deskCode: string): Promise<{ readonly row: string; readonly caseId: string }> {
    const caseId = findHex(await caseAt(deskCode))!;
    const place = [DONGCUN, JINGLING].find((one) => one.village.code.startsWith(deskCode)) ?? DONGCUN;
    const entryId = await hold({ kind: 'audit.of-this-test' });
    const takenMs = context.clock.wallMs();
    const agentId = newId();
    const taken = { caseId, entryId, agentId, takenMs, amountFen: 100, overCap: 0 };
    const day = isoDate(takenMs);
    await db
      .insertInto('agentCash')
      .values({ ...taken, day, townCode: place.town.code, villageName: place.village.name })
      .execute();
    return { row: `id="${day}-${toHex(agentId)}"`, caseId: toHex(caseId) };
  }

  /** A flag about a case of this desk's town. */
  async function flagIn(deskCode: string): Promise<string> {
    const caseId = findHex(await caseAt(deskCode))!;
    const place = [DONGCUN, JINGLING].find((one) => one.village.code.startsWith(deskCode)) ?? DONGCUN;
    const made = db.selectFrom('cases').select('entryId').where('caseId', '=', caseId);
    const { entryId } = await made.executeTakeFirstOrThrow();
    const [flagId, madeMs] = [newId(), context.clock.wallMs()];
    const { town, village } = place;
    await db.insertInto('misuseFlags').values({ flagId, pattern: 'one-phone' }).execute();
    await db
      .insertInto('misuseFlagEntries')
      .values({
        ...{ flagId, entryId, caseId, madeMs, atMs: madeMs, countyOnly: 0, forTown: 1, endId: null },
        ...{ townCode: town.code, villageName: village.name },
      })
      .execute();
    return toHex(flagId);
  }

  /** A notice that stands, of this desk's. */
  async function noticeOf({ deskCode, staffId }: About, danger = false): Promise<string> {
    const text = { zh: '通知', en: 'Notice' };
    const nowMs = context.clock.wallMs();
    const content = {
      title: text,
      body: text,
      issuer: text,
      phone: null,
      fromMs: nowMs,
      untilMs: nowMs + 3_600_000,
    };
    await publishNotice(context, {
      ...{ areaCode: areaOf(deskCode), content: { ...content, danger }, deskCode, staffId },
    });
    const { noticeId } = await db
      .selectFrom('notices')
      .select('noticeId')
      .where('deskCode', '=', deskCode)
      .where('withdrawnMs', 'is', null)
      .orderBy('publishedMs', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    return toHex(noticeId);
  }

  return tries;
}

/** Of somebody who signs in at the door. */
export const DOOR_PASSWORD = 'a long password at the door';

/** A department has no area of its own: the county's stands for it. */
/** A village of a desk's area. */
function villageOf(deskCode: string): string {
  const villages = TOWNS.flatMap((town) => town.villages);
  const found = villages.find(({ code }) => code.startsWith(areaOf(deskCode)));
  invariant(found, 'every area has a village');
  return found.code;
}

function areaOf(deskCode: string): string {
  return deskCode.split(/[/:]/)[0]!;
}
