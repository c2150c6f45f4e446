/** Each pattern is played against a running platform and flagged, and a like history with a good reason is not. */

import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, openProgress, type TestTerminal } from '../testing/test-terminal.ts';
import { findFlag, openFlags, type Viewer } from './flags.ts';
import { forgetMarks } from './forget.ts';
import { LOOK_WITHIN_DAYS, PATTERN_NAMES, patternOf } from './patterns.ts';
import {
  histories,
  newAccount,
  newPhone,
  PLAYED_MATTER,
  type PlayedCase,
  playedContent,
  playedContents,
  playedPerson,
} from './testing/played.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const DAY_MS = 86_400_000;
const FOUR_HOUSES = (phone: string): readonly PlayedCase[] =>
  [0, 1, 2, 3].map((who) => ({ who, minute: who * 60, phone }));

it('every pattern is played, and so is a like history with a good reason', () => {
  for (const name of PATTERN_NAMES) {
    const played = histories().filter(({ pattern }) => pattern === name);
    expect(
      played.some(({ flagged }) => flagged > 0),
      name,
    ).toBe(true);
    expect(
      played.some(({ flagged }) => flagged === 0),
      name,
    ).toBe(true);
  }
});

describeOnBoth('misuse', (host) => {
  let test: TestPlatform;
  const { village, town, county } = DONGCUN;

  beforeAll(async () => {
    test = await host.shared();
    for (const deskCode of [village.code, town.code, county.code, JINGLING.town.code]) {
      const staff = { signIn: deskCode, name: deskCode, deskCode, password: PASSWORD };
      await putStaff(test.platform.context, staff, CHEAP);
    }
  }, 60_000);

  /** Anew each time: time is moved on meanwhile. */
  const at = (deskCode: string): Promise<TestStaff> => signInAs(test.platform, deskCode, PASSWORD);

  async function newTerminal(place = DONGCUN, platform = test.platform) {
    // So many are not enrolled from one address at once.
    test.clock.advance(60_000);
    return enrolTerminal(await platform.enrolmentCode(place));
  }

  /** Entries of these cases, in the terminal's journal; case ids by name. */
  function entriesOf(terminal: TestTerminal, cases: readonly PlayedCase[], place = DONGCUN) {
    const contents = cases.flatMap((one) => playedContents(place, one));
    return contents.map(({ content, caseId, localNumber, wallMs }) => {
      const entry = terminal.entry(content, { bend: { wallMs } });
      return { entry, entryId: toHex(entry.header.entryId), caseId: toHex(caseId), localNumber };
    });
  }

  async function play(cases: readonly PlayedCase[], terminal?: TestTerminal, place = DONGCUN) {
    const own = terminal ?? (await newTerminal(place));
    const made = entriesOf(own, cases, place);
    const { outcomes } = await own.offer(made.map(({ entry }) => entry));
    expect(outcomes).toEqual(made.map(() => 0));
    return made;
  }

  /** Of these cases, those that a viewer sees flagged: how many of which pattern. */
  async function flaggedOf(
    made: readonly { readonly entryId: string }[],
    viewer: Viewer = 'county',
    of: TestPlatform = test,
  ) {
    const own = new Set(made.map(({ entryId }) => entryId));
    const flags = await openFlags(of.platform.context.store.db, viewer);
    const counts = flags.flatMap(({ pattern, acts }) => {
      const count = acts.filter(({ entryId }) => own.has(toHex(entryId))).length;
      return count === 0 ? [] : [[pattern, count] as const];
    });
    return Object.fromEntries(counts);
  }

  async function flagOf(made: readonly { readonly entryId: string }[]) {
    const flags = await openFlags(test.platform.context.store.db, 'county');
    return flags.find(({ acts }) => acts.some(({ entryId }) => toHex(entryId) === made[0]!.entryId))!;
  }

  it.each(histories().map(({ name, pattern }, index) => ({ name, pattern, index })))(
    '$pattern: $name',
    async ({ index }) => {
      const { cases, pattern, flagged } = histories()[index]!;
      const made = await play(cases);
      expect(await flaggedOf(made)).toEqual(flagged === 0 ? {} : { [pattern]: flagged });
      expect(await flaggedOf(made, { townCode: town.code })).toEqual(
        flagged === 0 ? {} : { [pattern]: flagged },
      );
      expect(await flaggedOf(made, { townCode: JINGLING.town.code })).toEqual({});
    },
  );

  it('is the same in whatever order the entries come, and however often', async () => {
    const all = histories().filter(({ flagged }) => flagged > 0 && flagged < 10);
    for (const { cases, pattern, flagged } of all) {
      const terminal = await newTerminal();
      const made = entriesOf(terminal, cases);
      for (const { entry } of [...made].reverse()) await terminal.offer([entry]);
      expect(await flaggedOf(made)).toEqual({ [pattern]: flagged });
      const before = await marksAndFlags();
      expect((await terminal.offer(made.map(({ entry }) => entry))).outcomes).toEqual(made.map(() => 0));
      expect(await marksAndFlags()).toEqual(before);
    }
  });

  async function marksAndFlags() {
    const { db } = test.platform.context.store;
    const marks = await db.selectFrom('misuseMarks').selectAll().execute();
    const cases = await db.selectFrom('misuseFlagEntries').selectAll().execute();
    return [marks.length, cases.length];
  }

  it('a night that turns out usual is flagged no more, unless somebody has looked', async () => {
    const busy = { minute: 17 * 60 + 28 * 24 * 60 };
    const nights = Array.from({ length: 28 }, (_, i) => ({ minute: 17 * 60 + i * 24 * 60 }));
    for (const isLookedInto of [false, true]) {
      const terminal = await newTerminal();
      const made = await play([busy, busy, busy, busy], terminal);
      expect(await flaggedOf(made)).toEqual({ 'at-night': 4 });
      const { flagId } = await flagOf(made);
      if (isLookedInto) await look(county.code, toHex(flagId), 4);
      await play(nights, terminal);
      const left = await findFlag(test.platform.context.store.db, 'county', flagId);
      expect(left?.acts.length).toBe(isLookedInto ? 4 : undefined);
    }
  });

  it('two gateways at once overlook nothing', async () => {
    const disk = (name: string) => nodeDisk(join(test.folder, name));
    const second = await host.start({
      ...{ database: test.database, keys: disk('keys'), keyCopies: disk('key-copies') },
      backups: { disk: disk('backups'), everyMs: 3_600_000, keep: 2 },
    });
    const cases = FOUR_HOUSES(newPhone());
    const [here, there] = [await newTerminal(), await newTerminal(JINGLING, second.platform)];
    const [a, b] = [entriesOf(here, cases.slice(0, 2)), entriesOf(there, cases.slice(2), JINGLING)];
    const offered = [
      ...a.map(({ entry }) => here.offer([entry])),
      ...b.map(({ entry }) => there.offer([entry])),
    ];
    await Promise.all(offered);
    expect(await flaggedOf([...a, ...b])).toEqual({ 'one-phone': 4 });
    // Each town sees what was done in it.
    expect(await flaggedOf([...a, ...b], { townCode: town.code })).toEqual({ 'one-phone': 2 });
    expect(await flaggedOf([...a, ...b], { townCode: JINGLING.town.code })).toEqual({ 'one-phone': 2 });
  });

  it('a case for the county alone is told to the county alone, and makes no flag for the town', async () => {
    const terminal = await newTerminal();
    const cards = [0, 1, 2, 3, 4].map((who) => ({ who, minute: who }));
    const made = await play([...cards, { who: 5, minute: 5, matter: 'petition' }], terminal);
    expect(await flaggedOf(made)).toEqual({ 'many-cards': 6 });
    expect(await flaggedOf(made, { townCode: town.code })).toEqual({});
    const { flagId } = await flagOf(made);
    expect((await (await at(town.code)).get(`/misuse/${toHex(flagId)}`)).status).toBe(404);
    expect((await (await at(town.code)).get('/misuse')).text).not.toContain(toHex(flagId));
    // Two doors, and the second holds by itself.
    await test.platform.context.store.db.updateTable('misuseFlagEntries').set({ forTown: 1 }).execute();
    expect(await flaggedOf([made[5]!], { townCode: town.code })).toEqual({});
    const more = await play([{ who: 6, minute: 6 }], terminal);
    expect(await flaggedOf([...made, ...more])).toEqual({ 'many-cards': 7 });
    expect(await flaggedOf([...made, ...more], { townCode: town.code })).toEqual({ 'many-cards': 6 });
    const page = (await (await at(town.code)).get(`/misuse/${toHex(flagId)}`)).text;
    const petition = made[5]!;
    expect(page).toContain(grouped(made[0]!.localNumber));
    for (const trace of [petition.caseId, petition.localNumber, grouped(petition.localNumber)])
      expect(page).not.toContain(trace);
  });

  const grouped = (number: string) => number.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');

  async function look(deskCode: string, flagId: string, seen: number, choice = 'nothing-wrong') {
    const desk = await at(deskCode);
    return desk.post(`/misuse/${flagId}`, { choice, words: '问过了', seen: String(seen) });
  }

  it('no village sees any of it; its town and the county do until it was looked into', async () => {
    const made = await play(FOUR_HOUSES(newPhone()));
    const id = toHex((await flagOf(made)).flagId);
    for (const path of ['/misuse', `/misuse/${id}`])
      expect((await (await at(village.code)).get(path)).status).toBe(404);
    expect((await (await at(village.code)).get('/')).text).not.toContain('/misuse');
    expect((await (await at(JINGLING.town.code)).get(`/misuse/${id}`)).status).toBe(404);
    for (const code of [town.code, county.code])
      expect((await (await at(code)).get('/misuse')).text).toContain(id);

    const ownTown = await at(town.code);
    expect((await ownTown.post(`/misuse/${id}`, { choice: 'to-county', words: ' ', seen: '4' })).status).toBe(
      422,
    );
    expect((await look(town.code, id, 3)).status).toBe(422);
    expect((await look(town.code, id, 4, 'to-county')).location).toBe('/misuse');
    expect(await flaggedOf(made, { townCode: town.code })).toEqual({});
    expect(await flaggedOf(made)).toEqual({ 'one-phone': 4 });
    expect((await look(county.code, id, 4, 'told-resident')).location).toBe('/misuse');
    expect(await flaggedOf(made)).toEqual({});
    expect((await (await at(county.code)).get(`/misuse/${id}`)).text).toContain('告诉本人了');
    const acts = await test.platform.context.store.db
      .selectFrom('staffActs')
      .select('operation')
      .where('subject', '=', id)
      .where('operation', '=', 'misuse.end')
      .execute();
    expect(acts.length).toBeGreaterThanOrEqual(4);
  });

  it('what comes to a flag that was looked into opens it again', async () => {
    const phone = newPhone();
    const made = await play(FOUR_HOUSES(phone));
    const id = toHex((await flagOf(made)).flagId);
    await look(town.code, id, 4);
    const more = await play([{ who: 8, minute: 200, phone }]);
    expect(await flaggedOf([...made, ...more], { townCode: town.code })).toEqual({ 'one-phone': 1 });
    expect((await look(town.code, id, 5)).status).toBe(422);
    expect((await look(town.code, id, 1)).location).toBe('/misuse');
  });

  it('whoever calls because of a message stops what was done, and the county has it then', async () => {
    const terminal = await newTerminal();
    const own = playedContent(DONGCUN, { minute: 5 });
    await terminal.offer([terminal.entry(own.content)]);
    const id = toHex(own.caseId);
    const call = { localNumber: grouped(own.localNumber), words: '问过生日和住址', actionKey: 'one call' };
    for (const code of [village.code, town.code])
      expect((await (await at(code)).post('/misuse/not-me', call)).status).toBe(404);
    const desk = await at(county.code);
    expect((await desk.get('/misuse')).text).toContain('不是我办的');
    expect((await (await at(town.code)).get('/misuse')).text).not.toContain('不是我办的');
    const refused = { ...call, localNumber: '000000000000' };
    expect((await desk.post('/misuse/not-me', refused)).status).toBe(422);
    expect((await desk.post('/misuse/not-me', { ...call, words: '' })).status).toBe(422);
    const token = /name="token" value="([^"]+)"/.exec((await desk.get('/misuse')).text)![1]!;
    expect((await desk.post('/misuse/not-me', { ...call, token })).location).toBe(`/cases/${id}`);
    const page = (await desk.get(`/cases/${id}`)).text;
    expect(page).toContain('不是我办的');
    expect(page).toContain('问过生日和住址');
    expect(openProgress(own, (await terminal.feed()).items).at(-1)).toMatchObject({ status: 'frozen' });
    expect((await (await at(town.code)).get(`/cases/${id}`)).status).toBe(404);
    const kept = test.platform.context.store.db.selectFrom('staffActs').select('subject');
    const acts = await kept
      .where('operation', '=', 'misuse.freeze')
      .where('decision', '=', 'allowed')
      .execute();
    expect(new Set(acts.map(({ subject }) => subject))).toEqual(new Set(['000000000000', own.localNumber]));
  });

  it('one that nobody looks into is counted on top', async () => {
    const own = await host.start();
    const staff = { signIn: 'county', name: '县', deskCode: county.code, password: PASSWORD };
    await putStaff(own.platform.context, staff, CHEAP);
    const terminal = await newTerminal(DONGCUN, own.platform);
    await play(FOUR_HOUSES(newPhone()), terminal);
    const desk = await signInAs(own.platform, 'county', PASSWORD);
    expect((await desk.get('/misuse')).text).not.toContain('还没人看');
    own.clock.advance(LOOK_WITHIN_DAYS * DAY_MS + 1);
    const later = await signInAs(own.platform, 'county', PASSWORD);
    expect((await later.get('/misuse')).text).toContain(`有 1 条满 ${LOOK_WITHIN_DAYS} 天还没人看`);
  });

  it('holds no number, no name and no matter, in the tables or on the pages', async () => {
    const [phone, account] = [newPhone(), newAccount()];
    const cases = [0, 1, 2, 3].map((who) => ({ who, minute: who, phone, account }));
    const made = await play(cases);
    const flags = await openFlags(test.platform.context.store.db, 'county');
    const own = flags.filter((flag) => flag.acts.some(({ entryId }) => toHex(entryId) === made[0]!.entryId));
    expect(own.map(({ pattern }) => pattern).sort()).toEqual(['one-account', 'one-phone']);
    const person = playedPerson(0, 0);
    const { db } = test.platform.context.store;
    const matter = test.platform.context.book.find(PLAYED_MATTER)!;
    const traces = [
      phone,
      account,
      person.number,
      person.name,
      person.address,
      matter.name.short.zh,
      matter.id,
    ];
    const kept = [
      await db.selectFrom('misuseMarks').selectAll().execute(),
      await db.selectFrom('misuseFlags').selectAll().execute(),
      await db.selectFrom('misuseFlagEntries').selectAll().execute(),
    ].flat();
    const texts = kept.flatMap((row) =>
      Object.values(row).map((value) =>
        value instanceof Uint8Array
          ? `${toHex(value)} ${Buffer.from(value).toString('utf8')}`
          : String(value),
      ),
    );
    for (const code of [town.code, county.code]) {
      const paths = ['/misuse', ...own.map(({ flagId }) => `/misuse/${toHex(flagId)}`)];
      for (const path of paths) texts.push((await (await at(code)).get(path)).text);
    }
    for (const trace of traces)
      expect(
        texts.filter((text) => text.includes(trace)),
        trace,
      ).toEqual([]);
  });

  it('marks are forgotten once they make no difference, and what was flagged stays', async () => {
    const own = await host.start();
    const made = await play(FOUR_HOUSES(newPhone()), await newTerminal(DONGCUN, own.platform));
    const { context } = own.platform;
    const marked = () => context.store.db.selectFrom('misuseMarks').select('pattern').distinct().execute();
    await forgetMarks(context);
    expect((await marked()).map(({ pattern }) => pattern).sort()).toEqual(['many-cards', 'one-phone']);
    own.clock.advance(31 * DAY_MS);
    await forgetMarks(context);
    expect((await marked()).map(({ pattern }) => pattern)).toEqual(['one-phone']);
    own.clock.advance(patternOf('one-phone').windowMs);
    await forgetMarks(context);
    expect(await marked()).toEqual([]);
    expect(await flaggedOf(made, 'county', own)).toEqual({ 'one-phone': 4 });
  });
});
